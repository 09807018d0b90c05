-- The moments at which messages may be sent. After outbox.lua, pace.lua and clock.lua. ARGV: now,
-- seconds ahead, how many may go in a window, the window's seconds, chats; 0 is nobody in
-- particular. Answers, for each chat, a word, what, and one, when: 1 granted, 2 the chat is busy, and,
-- as the last, 3 all are. Of as many slots as a window has, each is known, the latest first.

local now, ahead = tonumber(ARGV[1]), tonumber(ARGV[2])
local most, window = tonumber(ARGV[3]), tonumber(ARGV[4])
local LATER = 1 -- at most so much later than it is is `now`
local EVENLY = 0.95 -- of the even distance: what was missed is made up for, but not at a blow

mind_the_clock(now)
local hold = tonumber(redis.call('HGET', PACING, 'hold') or 0)
local last = tonumber(redis.call('LINDEX', SLOTS, 0) or 0)

local function next_slot()
  local oldest = tonumber(redis.call('LINDEX', SLOTS, most - 1) or 0)
  return math.max(now, hold, last + EVENLY * window / most, oldest + window)
end

local answers = {}
local function answer(what, at)
  table.insert(answers, what .. ' ' .. exact(at))
end

for chat in string.gmatch(ARGV[5], '%S+') do
  local at = next_slot()
  local free = chat == '0' and 0 or pace(chat)
  if at > now + ahead then
    answer(3, at - ahead)
    break
  elseif free > at then
    answer(2, free)
  else
    last = at
    redis.call('LPUSH', SLOTS, exact(at))
    if chat ~= '0' then set_pace(chat, at + gap(chat)) end
    answer(1, at)
  end
end
redis.call('LTRIM', SLOTS, 0, most - 1)
redis.call('ZREMRANGEBYSCORE', PACES, '-inf', now - LATER)
return table.concat(answers, ' ')
