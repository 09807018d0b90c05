-- KEYS: chats, gone. ARGV: chat, topic, settings, state.

local all = cjson.decode(redis.call('HGET', KEYS[1], ARGV[1]) or '{}')
all[ARGV[2]] = ARGV[3]
redis.call('HSET', KEYS[1], ARGV[1], cjson.encode(all))
redis.call(ARGV[4] == 'gone' and 'SADD' or 'SREM', KEYS[2], ARGV[1])
