-- Give a bundle back after a send that failed. ARGV: chat, token, until. Answers as settle.lua.

local token, _, text = lease_of(ARGV[1])
if token ~= ARGV[2] then return 0 end
put_off(ARGV[1], text, tonumber(ARGV[3]))
return 1
