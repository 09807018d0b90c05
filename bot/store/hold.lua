-- Let nothing out for a while; a longer hold stands. KEYS: pacing. ARGV: until.

local hold = tonumber(redis.call('HGET', KEYS[1], 'hold') or 0)
redis.call('HSET', KEYS[1], 'hold', string.format('%.17g', math.max(hold, tonumber(ARGV[1]))))
