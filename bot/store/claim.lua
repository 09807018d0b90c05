-- Claim what waits and is due: what is fresh, then the rest, each oldest first. After articles.lua.
-- KEYS: waiting, items, claims. ARGV: now, lease, limit, token, fresh since. Answers rows and
-- attempts.

local waiting, items, claims = KEYS[1], KEYS[2], KEYS[3]
local now, limit = tonumber(ARGV[1]), tonumber(ARGV[3])
local ends, found, STEP = string.format('%.17g', now + ARGV[2]), {}, 100

local function claim(id)
  local due, attempts, holder = claim_of(claims, id)
  if tonumber(due) > now then return end
  -- Whoever held it until then did not come to an end with it.
  attempts = tonumber(attempts) + (holder == '-' and 0 or 1)
  redis.call('HSET', claims, id, table.concat({ ends, attempts, ARGV[4] }, ' '))
  table.insert(found, redis.call('HGET', items, id))
  table.insert(found, attempts)
end

local function claim_between(oldest, newest)
  for start = 0, math.huge, STEP do
    local ids = redis.call('ZRANGEBYSCORE', waiting, oldest, newest, 'LIMIT', start, STEP)
    for _, id in ipairs(ids) do
      if #found == 2 * limit then return end
      claim(id)
    end
    if #ids < STEP then return end
  end
end

claim_between(ARGV[5], '+inf')
claim_between('-inf', '(' .. ARGV[5])
return found
