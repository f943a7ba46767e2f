#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "hammerscale/dataset/dataset.hpp"
#include "output_options.hpp"

namespace hammerscale::program {

/// Writes the lines of a dataset, in order, as `options` say: to one file, in parallel by the tasks at their places; to
/// a folder, a part file a partition; or, without `--output`, to standard output. Each line gets a "\n". Driver only;
/// runs jobs. For one file the dataset is kept on the executors (memory, else scratch) while it is written.
///
/// @throws UserError kFileExists, kOutput; ResourceError kDiskFull. Nothing remains of an output that failed.
void write_lines(const Dataset<std::string>& lines, const OutputOptions& options);

/// The same for lines that the driver holds already, joined: each ends with "\n".
void write_text(std::string_view text, const OutputOptions& options);

/// Prints the lines of a dataset to standard output, in order, bringing a few partitions at a time to the driver.
/// @param limit  lines to print at the most.
void print_lines(const Dataset<std::string>& lines, std::uint64_t limit = UINT64_MAX);

/// Writes to standard output, all of it.
/// @throws ResourceError kOutput  it is closed or full.
void print_text(std::string_view text);

}  // namespace hammerscale::program
