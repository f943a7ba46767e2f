#include "src/line_table.hpp"

#include <filesystem>
#include <system_error>

namespace hammerscale::mllib {

SplitLines read_split_lines(const Session& session, const std::vector<std::string>& files,
                            const std::optional<std::uint32_t>& num_partitions) {
  std::uint64_t total = 0;
  for (const auto& file : files) {
    std::error_code status;
    const auto size = std::filesystem::file_size(file, status);
    total += status ? 0 : size;
  }
  const auto count = num_partitions.value_or(default_file_partitions(session.num_task_threads(), total));
  // read_text cuts the files in the same way.
  return {split_text_files(files, count), session.read_text(files, count)};
}

void throw_first_bad_row(const std::vector<TextSplit>& splits, const std::vector<PartitionCheck>& checks) {
  std::uint64_t first_line = 0;
  for (std::size_t i = 0; i < splits.size(); ++i) {
    if (splits[i].offset == 0) { first_line = 0; }
    if (checks[i].is_bad) {
      std::vector<ErrorField> fields = {{"path", splits[i].path},
                                        {"row", std::to_string(first_line + checks[i].bad_line + 1)}};
      fields.insert(fields.end(), checks[i].bad.fields.begin(), checks[i].bad.fields.end());
      throw UserError(checks[i].bad.code, checks[i].bad.sentence, std::move(fields));
    }
    first_line += checks[i].num_lines;
  }
}

void throw_bad_line(const BadCell& bad, std::uint64_t line) {
  auto fields = bad.fields;
  fields.emplace_back(kPlaceField, std::to_string(line));
  throw UserError(bad.code, bad.sentence, std::move(fields));
}

}  // namespace hammerscale::mllib
