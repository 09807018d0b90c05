-- Give a bundle back. After outbox.lua. ARGV: chat, token, until, 1 where a send has failed.
-- Answers as settle.lua.

local token, _, text = lease_of(ARGV[1])
if token ~= ARGV[2] then return 0 end
redis.call('HINCRBY', ATTEMPTS, ARGV[1], ARGV[4])
put_off(ARGV[1], text, tonumber(ARGV[3]))
return 1
