-- A part of a hash, as lines of field and value: one long string is read a good deal faster than
-- thousands of short ones. KEYS: the hash. ARGV: cursor, about how many. Answers cursor, lines.

local page, lines = redis.call('HSCAN', KEYS[1], ARGV[1], 'COUNT', ARGV[2]), {}
for i = 1, #page[2], 2 do
  table.insert(lines, page[2][i] .. '\t' .. page[2][i + 1])
end
return { page[1], table.concat(lines, '\n') }
