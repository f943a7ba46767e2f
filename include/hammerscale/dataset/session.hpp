#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <source_location>
#include <string>
#include <utility>
#include <vector>

#include "hammerscale/dataset/accumulator.hpp"
#include "hammerscale/dataset/broadcast.hpp"
#include "hammerscale/dataset/dataset.hpp"
#include "hammerscale/dataset/source_operators.hpp"
#include "hammerscale/storage/buffer_pool.hpp"

namespace hammerscale {

/// What one rank offers, as Session::cluster shows it.
struct RankInfo {
  std::int32_t rank = 0;
  std::string role;  ///< "driver", "executor", or "driver+executor" in a world of one.
  std::string host;
  std::int32_t node = 0;  ///< Ranks of one machine have one number.
  std::uint32_t num_task_threads = 0;
  std::uint64_t memory_bytes = 0;  ///< Budget.
  std::string scratch;
};

/// The cluster and program as a session sees them.
struct ClusterInfo {
  std::string build_id;
  std::string mpi_library;  ///< Empty where MPI is not in use.
  std::string launcher;     ///< "mpirun", "srun" or "none".
  std::vector<RankInfo> ranks;
};

/// What the driver's own process may use, for work that is not cut into tasks.
struct LocalResources {
  /// The process's one budget: the executor's in a world of one, the driver's own otherwise (as large as an
  /// executor's).
  storage::BufferPool pool;
  std::uint32_t num_threads = 1;
  std::string scratch;
};

/// A program's connection to its executors: makes datasets, broadcasts and accumulators. Lives on the driver, for the
/// length of hs::run; a handle, cheap to copy. Any thread of the driver may call.
class Session {
 public:
  Session(std::shared_ptr<Engine> engine, std::shared_ptr<const ClusterInfo> cluster,
          std::map<std::string, std::string> configuration, std::shared_ptr<const LocalResources> local);

  // ---- Datasets --------------------------------------------------------------------------------------------------

  /// The elements of a vector, split evenly. They stay on the driver too, to be sent again if need be.
  template <typename T>
  Dataset<T> parallelize(std::vector<T> elements, std::optional<std::uint32_t> num_partitions = {},
                         std::source_location where = std::source_location::current()) const;
  /// No elements, in one partition.
  template <typename T>
  Dataset<T> empty(std::source_location where = std::source_location::current()) const {
    return parallelize(std::vector<T>{}, 1, where);
  }
  /// first, first + step, ..., before last. Made on the executors.
  /// @throws UserError kInvalidArgument  step is 0.
  Dataset<std::int64_t> range(std::int64_t first, std::int64_t last, std::int64_t step = 1,
                              std::optional<std::uint32_t> num_partitions = {},
                              std::source_location where = std::source_location::current()) const;
  Dataset<std::int64_t> range(std::int64_t num_elements,
                              std::source_location where = std::source_location::current()) const {
    return range(0, num_elements, 1, {}, where);
  }
  /// Lines of files, folders and globs, without their line ends ("\n"); .gz, .zst and .bz2 are read as they are. Files
  /// are cut into byte ranges, by default 4 partitions a task thread, of 64 MiB at the most.
  /// @throws UserError kFileNotFound, kInput  with the path.
  Dataset<std::string> read_text(const std::string& input, std::optional<std::uint32_t> num_partitions = {},
                                 std::source_location where = std::source_location::current()) const {
    return read_text(std::vector<std::string>{input}, num_partitions, where);
  }
  Dataset<std::string> read_text(const std::vector<std::string>& inputs,
                                 std::optional<std::uint32_t> num_partitions = {},
                                 std::source_location where = std::source_location::current()) const;
  /// (path, contents) of each file.
  Dataset<std::pair<std::string, std::string>> read_whole_files(
      const std::vector<std::string>& inputs, std::optional<std::uint32_t> num_partitions = {},
      std::source_location where = std::source_location::current()) const;

  // ---- Shared variables ------------------------------------------------------------------------------------------

  /// Sends a value to every node once. The handle may be captured; the value is decoded once a process.
  template <typename T>
  Broadcast<T> broadcast(T value) const {
    auto encoded = encode(value);
    return Broadcast<T>(engine_->add_broadcast(std::make_shared<const T>(std::move(value)), std::move(encoded)));
  }
  /// Frees the value everywhere; using the handle afterwards is an error.
  template <typename T>
  void destroy(const Broadcast<T>& broadcast) const {
    engine_->drop_broadcast(broadcast.id());
  }
  template <typename T, typename Op = std::plus<>>
  Accumulator<T, Op> accumulator(T start = {}, Op /*op*/ = {}) const {
    return Accumulator<T, Op>(engine_, std::move(start));
  }

  // ---- Gangs -----------------------------------------------------------------------------------------------------

  /// Runs function(GangContext&) -> R on all executors together. @return R of each.
  template <typename F, typename R = std::remove_cvref_t<std::invoke_result_t<F&, GangContext&>>>
  std::vector<R> gang(F function, std::function<void(ExecutorId, const std::string&, double)> on_progress = {},
                      std::source_location where = std::source_location::current()) const;

  // ---- Jobs ------------------------------------------------------------------------------------------------------

  /// Jobs that this thread starts from now on belong to the group.
  void set_job_group(const std::string& group) const { current_job_group() = group; }
  /// Running jobs of the group end with Cancelled.
  void cancel_job_group(const std::string& group) const { engine_->cancel_jobs(group, "the job group was cancelled"); }
  void cancel_all_jobs() const { engine_->cancel_jobs("", "all jobs were cancelled"); }

  // ---- About -----------------------------------------------------------------------------------------------------

  [[nodiscard]] const ClusterInfo& cluster() const noexcept { return *cluster_; }
  [[nodiscard]] std::uint32_t num_executors() const { return engine_->num_executors(); }
  /// Task threads of all executors.
  [[nodiscard]] std::uint32_t num_task_threads() const { return engine_->num_task_threads(); }
  [[nodiscard]] std::uint32_t default_partitions() const { return engine_->default_partitions(); }
  [[nodiscard]] std::uint64_t seed() const { return engine_->seed(); }
  /// A setting given by --conf KEY=VALUE.
  [[nodiscard]] std::optional<std::string> configuration(const std::string& key) const;
  /// All settings given by --conf, by key.
  [[nodiscard]] const std::map<std::string, std::string>& configuration() const noexcept { return configuration_; }
  [[nodiscard]] const LocalResources& local() const noexcept { return *local_; }
  [[nodiscard]] const std::shared_ptr<Engine>& engine() const noexcept { return engine_; }

 private:
  std::shared_ptr<Engine> engine_;
  std::shared_ptr<const ClusterInfo> cluster_;
  std::map<std::string, std::string> configuration_;
  std::shared_ptr<const LocalResources> local_;
};

template <typename T>
Dataset<T> Session::parallelize(std::vector<T> elements, std::optional<std::uint32_t> num_partitions,
                                std::source_location where) const {
  const auto count = dataset_detail::choose_partitions(*engine_, num_partitions, engine_->default_partitions());
  using Source = operators::Parallelize<T>;
  auto payloads = std::make_shared<std::vector<TaskPayload>>();
  for (std::uint32_t p = 0; p < count; ++p) {
    const auto begin = even_split_begin(elements.size(), count, p);
    const auto end = even_split_begin(elements.size(), count, p + 1);
    std::vector<std::byte> bytes;
    if constexpr (std::is_same_v<T, bool>) {
      // std::vector<bool> holds bits; elements are bytes.
      const auto copy = std::make_unique<bool[]>(end - begin);
      std::copy(elements.begin() + static_cast<std::ptrdiff_t>(begin),
                elements.begin() + static_cast<std::ptrdiff_t>(end), copy.get());
      bytes = Source::encode_partition(std::span<const bool>(copy.get(), end - begin));
    } else {
      bytes = Source::encode_partition(std::span<const T>(elements).subspan(begin, end - begin));
    }
    payloads->push_back(std::make_shared<const std::vector<std::byte>>(std::move(bytes)));
  }
  auto node = make_node<Source>(engine_, "parallelize", count, where);
  node->payload = [payloads](std::uint32_t partition) { return (*payloads)[partition]; };
  return {engine_, std::move(node)};
}

template <typename F, typename R>
std::vector<R> Session::gang(F function, std::function<void(ExecutorId, const std::string&, double)> on_progress,
                             std::source_location where) const {
  require_shippable<F>();
  using Body = dataset_detail::GangAlone<R, F>;
  GangRequest request;
  request.body = to_function_ref(&Body::make);
  with_call_site(where, [&] { FunctorCodec<F>::append(request.body_params, function); });
  request.call_site = CallSite::of(where);
  request.on_progress = std::move(on_progress);
  return dataset_detail::decode_all<R>(engine_->run_gang(std::move(request)));
}

}  // namespace hammerscale
