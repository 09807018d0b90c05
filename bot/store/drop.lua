-- See an item for good without keeping it. After articles.lua.
-- KEYS: waiting, items, claims, seen, fanout. ARGV: id, token.

if holds(KEYS[3], ARGV[1], ARGV[2]) then
  see(KEYS[1], KEYS[2], KEYS[3], KEYS[4], ARGV[1])
  redis.call('UNLINK', KEYS[5])
end
