#include "hammerscale/dataset/session.hpp"

#include <filesystem>

#include "hammerscale/base/byte_size.hpp"

namespace hammerscale {
namespace {

std::uint32_t default_text_partitions(const Engine& engine, const std::vector<std::string>& files) {
  std::uint64_t total = 0;
  for (const auto& file : files) {
    std::error_code status;
    const auto size = std::filesystem::file_size(file, status);
    total += status ? 0 : size;
  }
  return default_file_partitions(engine.num_task_threads(), total);
}

}  // namespace

Session::Session(std::shared_ptr<Engine> engine, std::shared_ptr<const ClusterInfo> cluster,
                 std::map<std::string, std::string> configuration, std::shared_ptr<const LocalResources> local)
    : engine_(std::move(engine)),
      cluster_(std::move(cluster)),
      configuration_(std::move(configuration)),
      local_(std::move(local)) {}

Dataset<std::int64_t> Session::range(std::int64_t first, std::int64_t last, std::int64_t step,
                                     std::optional<std::uint32_t> num_partitions, std::source_location where) const {
  if (step == 0) { throw UserError(ErrorCode::kInvalidArgument, "the step of a range is 0"); }
  operators::Range::Options options{first, step, 0};
  // Unsigned: the distance of two 64-bit numbers may not fit a signed one.
  const auto distance = step > 0 ? static_cast<std::uint64_t>(last) - static_cast<std::uint64_t>(first)
                                 : static_cast<std::uint64_t>(first) - static_cast<std::uint64_t>(last);
  const auto stride = step > 0 ? static_cast<std::uint64_t>(step) : 0 - static_cast<std::uint64_t>(step);
  if (step > 0 ? first < last : first > last) { options.num_elements = (distance - 1) / stride + 1; }
  const auto count = dataset_detail::choose_partitions(*engine_, num_partitions, engine_->default_partitions());
  auto node = make_node<operators::Range>(engine_, "range", count, where);
  append_encoded(node->params, options);
  return {engine_, std::move(node)};
}

Dataset<std::string> Session::read_text(const std::vector<std::string>& inputs,
                                        std::optional<std::uint32_t> num_partitions, std::source_location where) const {
  const auto files = expand_inputs(inputs);
  const auto wanted = dataset_detail::choose_partitions(
      *engine_, num_partitions ? *num_partitions : default_text_partitions(*engine_, files), 1);
  auto payloads = std::make_shared<std::vector<TaskPayload>>();
  for (const auto& split : split_text_files(files, wanted)) {
    payloads->push_back(std::make_shared<const std::vector<std::byte>>(encode(split)));
  }
  if (payloads->empty()) {
    throw UserError(ErrorCode::kFileNotFound, "the input holds no files", {{"path", inputs.empty() ? "" : inputs[0]}});
  }
  auto node = make_node<operators::ReadText>(engine_, "read_text", static_cast<std::uint32_t>(payloads->size()), where);
  node->payload = [payloads](std::uint32_t partition) { return (*payloads)[partition]; };
  return {engine_, std::move(node)};
}

Dataset<std::pair<std::string, std::string>> Session::read_whole_files(const std::vector<std::string>& inputs,
                                                                       std::optional<std::uint32_t> num_partitions,
                                                                       std::source_location where) const {
  const auto files = expand_inputs(inputs);
  const auto count = dataset_detail::choose_partitions(
      *engine_, num_partitions, static_cast<std::uint32_t>(std::min<std::size_t>(files.size(), UINT32_MAX)));
  auto payloads = std::make_shared<std::vector<TaskPayload>>();
  for (std::uint32_t p = 0; p < count; ++p) {
    const std::vector<std::string> of_partition(
        files.begin() + static_cast<std::ptrdiff_t>(even_split_begin(files.size(), count, p)),
        files.begin() + static_cast<std::ptrdiff_t>(even_split_begin(files.size(), count, p + 1)));
    payloads->push_back(std::make_shared<const std::vector<std::byte>>(encode(of_partition)));
  }
  auto node = make_node<operators::ReadWholeFiles>(engine_, "read_whole_files", count, where);
  node->payload = [payloads](std::uint32_t partition) { return (*payloads)[partition]; };
  return {engine_, std::move(node)};
}

std::optional<std::string> Session::configuration(const std::string& key) const {
  const auto found = configuration_.find(key);
  return found == configuration_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace hammerscale
