#pragma once

#include <array>
#include <cstdint>

#include "hammerscale/dataset/dataset.hpp"
#include "output_options.hpp"

namespace hammerscale::program {

/// A record of the sort benchmark: 100 bytes of which the first 10 are the key.
struct TeraRecord {
  std::array<std::uint8_t, 10> key;
  std::array<std::uint8_t, 90> payload;
};
static_assert(sizeof(TeraRecord) == 100);

/// Record number `row`: 10 random bytes drawn for (seed, row); 00 11; the row in 32 hexadecimal digits; 88 99 AA BB; 48
/// bytes of filler; CC DD EE FF. The layout of gensort's binary records.
TeraRecord make_tera_record(std::uint64_t seed, std::uint64_t row);

/// Writes the records as `options` say: one file, by all tasks at their places, or a folder of part files.
/// @param records_of_partition  how many records each partition has; counted, in a job of its own, where empty.
void write_tera_records(const Dataset<TeraRecord>& records, const OutputOptions& options,
                        std::vector<std::uint64_t> records_of_partition = {});

}  // namespace hammerscale::program
