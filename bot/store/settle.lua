-- Done with bundles, or with a part of each. After outbox.lua and pace.lua. KEYS from 11 on: counts of
-- days and posts of articles, each where a bundle names it by its place in KEYS. ARGV: now, seconds
-- that posts are remembered, seconds that counts are, and in words, bundle by bundle: chat, token, message (0:
-- none was sent), counts (0: not counted), how many posts, posts, how many articles are settled,
-- articles. Answers for each 1, or 0 where the lease is another's, in one word.

local now, answers = tonumber(ARGV[1]), {}
local next_word = string.gmatch(ARGV[4], '%S+')

local function next_words()
  local words = {}
  for _ = 1, tonumber(next_word()) do table.insert(words, next_word()) end
  return words
end

-- Which message told what, marked where it told several.
local function remember(name, message, counts, posts)
  for _, post in ipairs(posts) do
    redis.call('HSET', KEYS[tonumber(post)], name, (#posts > 1 and '-' or '') .. message)
    redis.call('EXPIRE', KEYS[tonumber(post)], ARGV[2], 'NX')
  end
  if counts > 0 then
    redis.call('HINCRBY', KEYS[counts], name, 1)
    redis.call('EXPIRE', KEYS[counts], ARGV[3], 'NX')
  end
end

local function settle(chat, token, message, counts, posts, settled)
  local holder, topic, text = lease_of(chat)
  if holder ~= token then return 0 end
  local done, rest, alerts = {}, {}, parse(text)
  for _, article in ipairs(settled) do done[article] = true end
  for _, alert in ipairs(alerts) do
    if not done[alert.article] then table.insert(rest, alert) end
  end
  local is_told = message ~= '0'
  if is_told then remember(topic == '0' and chat or chat .. ':' .. topic, message, counts, posts) end
  release(chat)
  redis.call('HDEL', ATTEMPTS, chat)
  count(#rest - #alerts)
  owe_also(chat, rest)
  local free = math.max(pace(chat), is_told and now + gap(chat) or now)
  set_pace(chat, free)
  turn(chat, free)
  return 1
end

for chat in next_word do
  local token, message, counts = next_word(), next_word(), next_word()
  table.insert(answers, settle(chat, token, message, tonumber(counts), next_words(), next_words()))
end
return table.concat(answers)
