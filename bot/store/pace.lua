-- What the scripts about a chat's pace share. KEYS[10] is keys.PACES.

local PACES = KEYS[10]

-- Telegram: a message a second to a person, twenty a minute to a group or channel.
local function gap(chat)
  return string.sub(chat, 1, 1) == '-' and 3 or 1
end

local function pace(chat)
  return tonumber(redis.call('ZSCORE', PACES, chat) or 0)
end

local function set_pace(chat, free)
  redis.call('ZADD', PACES, free, chat)
end
