-- KEYS[1]: digests. ARGV: chat, when it is due (empty: never), until when one that is due stands.

local known = tonumber(redis.call('ZSCORE', KEYS[1], ARGV[1]) or 'inf')
if ARGV[2] == '' then
  redis.call('ZREM', KEYS[1], ARGV[1])
elseif known > tonumber(ARGV[3]) then
  redis.call('ZADD', KEYS[1], ARGV[2], ARGV[1])
end
