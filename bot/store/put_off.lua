-- Give a claim back for a while. After articles.lua. KEYS: claims. ARGV: id, token, until.

local _, attempts, holder = claim_of(KEYS[1], ARGV[1])
if holder == ARGV[2] then
  redis.call('HSET', KEYS[1], ARGV[1], table.concat({ ARGV[3], attempts + 1, '-' }, ' '))
end
