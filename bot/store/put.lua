-- What the scripts that put an article's alerts in share. After outbox.lua. KEYS[9]: moved,
-- gone.

local MOVED, GONE = KEYS[9], KEYS[10]

local function put(chat, line)
  if redis.call('HSETNX', OWED, chat, line) == 0 then
    redis.call('HSET', OWED, chat, redis.call('HGET', OWED, chat) .. '\n' .. line)
  elseif redis.call('HEXISTS', LEASES, chat) == 0 then
    redis.call('RPUSH', FRESH, chat)
  end
end

-- The id that a chat has now: whoever matched may not have known yet that it moved.
local function current(chat)
  local id = chat
  while id do chat, id = id, redis.call('HGET', MOVED, id) end
  return chat
end

-- Puts the alerts from ARGV[first] on, each a name (chat or chat:topic) and a line, but those of
-- chats that are gone, which would take up slots for nothing, and of names that have been met;
-- `meet` answers whether it is the first time, by its own memory.
local function put_new(first, meet)
  local added, met = 0, {}
  for i = first, #ARGV, 2 do
    local id, topic = string.match(ARGV[i], '^([^:]+)(.*)$')
    local chat = current(id)
    local name = chat .. topic
    if not met[name] and redis.call('SISMEMBER', GONE, chat) == 0 and meet(name) then
      put(chat, ARGV[i + 1])
      added = added + 1
    end
    met[name] = true
  end
  count(added)
end
