-- See an item for good without keeping it; forget one that a feed alone has told of. After
-- articles.lua. KEYS: waiting, items, claims, seen, fanout, fed. ARGV: id, token.

if not holds(KEYS[3], ARGV[1], ARGV[2]) then return end
if redis.call('ZSCORE', KEYS[6], ARGV[1]) then
  -- The fan-out stays: whoever is owed an alert gets no other one when the listing shows it.
  forget(KEYS[1], KEYS[2], KEYS[3], ARGV[1])
else
  see(KEYS[1], KEYS[2], KEYS[3], KEYS[4], ARGV[1])
  redis.call('UNLINK', KEYS[5])
end
