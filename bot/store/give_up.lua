-- Slots that will not be used are as if they had never been booked; but what a chat was told to wait
-- for since stands. After pace.lua. KEYS[11] is keys.SLOTS. ARGV: slot by slot, its chat and moment.

for i = 1, #ARGV, 2 do
  local chat, at = ARGV[i], ARGV[i + 1]
  redis.call('LREM', KEYS[11], 1, at)
  if chat ~= '0' and pace(chat) == tonumber(at) + gap(chat) then redis.call('ZREM', PACES, chat) end
end
