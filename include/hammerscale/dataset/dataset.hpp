#pragma once

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <ranges>
#include <source_location>
#include <span>
#include <string>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

#include "hammerscale/base/call_site.hpp"
#include "hammerscale/closure/functor_codec.hpp"
#include "hammerscale/dataset/dataset_traits.hpp"
#include "hammerscale/dataset/statistics.hpp"
#include "hammerscale/scheduler/engine.hpp"
#include "hammerscale/shuffle/partitioner.hpp"
#include "hammerscale/storage/storage_level.hpp"

namespace hammerscale {

class GangContext;

/// A distributed collection of T: a recipe (lineage) for its partitions, of which an action computes those it needs.
///
/// A handle on the driver, cheap to copy; copies are the same dataset. Transformations return at once and read nothing;
/// actions run a job and return its answer. Functions given to either run on the executors: they travel as bytes, so
/// they capture bitwise values, broadcast handles and accumulators only (hs::bind for strings and the like). T is
/// anything with a Serde. Methods may be called from several threads of the driver.
///
/// Answers do not depend on ranks, threads or partitions, except for the order of elements behind a shuffle by hash,
/// and for the rounding of floating-point sums.
///
/// Every method throws UserError kInvalidArgument for arguments out of range; actions throw what failed the job.
template <typename T>
class Dataset {
 public:
  using Element = T;
  static_assert(std::same_as<T, std::remove_cvref_t<T>>, "elements are values: no references, no const");
  static_assert(
      Serializable<T>,
      "Hammerscale: elements need a Serde: bitwise types, strings, pairs, tuples, vectors, maps, optionals and "
      "plain aggregates of those have one; include hammerscale/serde/boost.hpp for types with serialize()");

  Dataset(std::shared_ptr<Engine> engine, std::shared_ptr<LineageNode> node)
      : engine_(std::move(engine)), node_(std::move(node)) {}

  // ---- Transformations of elements ------------------------------------------------------------------------------

  /// function(T) -> U for every element.
  template <typename F, typename U = std::remove_cvref_t<std::invoke_result_t<F&, T>>>
  Dataset<U> map(F function, std::source_location where = std::source_location::current()) const;

  /// Elements for which predicate(const T&) is true. Keeps the partitioning.
  template <typename F>
  Dataset<T> filter(F predicate, std::source_location where = std::source_location::current()) const;

  /// function(const T&) -> range of U; all elements of all ranges. The range may be a view of the argument.
  template <typename F, typename U = dataset_detail::RangeElement<std::invoke_result_t<F&, const T&>>>
  Dataset<U> flat_map(F function, std::source_location where = std::source_location::current()) const;

  /// function(T, Emitter<U>& emit); all that was emitted: `lines.flat_map<std::string>([](auto& line, auto& emit)
  /// {...})`.
  template <typename U, typename F>
    requires std::invocable<F&, T, Emitter<U>&>
  Dataset<U> flat_map(F function, std::source_location where = std::source_location::current()) const;

  /// function(PartitionRows<T>& rows, Emitter<U>& emit), once a partition, a block at a time in memory.
  template <typename U, typename F>
  Dataset<U> map_partitions(F function, std::source_location where = std::source_location::current()) const;
  /// function(std::uint32_t partition, PartitionRows<T>& rows, Emitter<U>& emit).
  template <typename U, typename F>
  Dataset<U> map_partitions_with_index(F function, std::source_location where = std::source_location::current()) const;
  /// The elements of each partition as one vector, which must fit in memory.
  Dataset<std::vector<T>> glom(std::source_location where = std::source_location::current()) const;

  /// (function(x), x) for every x.
  template <typename F, typename K = std::remove_cvref_t<std::invoke_result_t<F&, const T&>>>
  Dataset<std::pair<K, T>> key_by(F function, std::source_location where = std::source_location::current()) const;

  /// Elements of both, in this order; duplicates stay. Runs no job and moves nothing.
  Dataset<T> union_with(const Dataset<T>& other, std::source_location where = std::source_location::current()) const;

  /// Each distinct element once.
  Dataset<T> distinct(std::optional<std::uint32_t> num_partitions = {},
                      std::source_location where = std::source_location::current()) const;
  /// Distinct elements that are in both.
  Dataset<T> intersection(const Dataset<T>& other, std::optional<std::uint32_t> num_partitions = {},
                          std::source_location where = std::source_location::current()) const;
  /// Elements that are not in the other; duplicates stay.
  Dataset<T> subtract(const Dataset<T>& other, std::optional<std::uint32_t> num_partitions = {},
                      std::source_location where = std::source_location::current()) const;
  /// All pairs. The other dataset is collected and broadcast, so it must be small enough for that.
  template <typename U>
  Dataset<std::pair<T, U>> cartesian(const Dataset<U>& other,
                                     std::source_location where = std::source_location::current()) const;

  /// Elements chosen at random: each with probability `fraction`, or, with replacement, Poisson(fraction) times. The
  /// draw of an element is keyed by (seed, its number in the dataset), so the choice is the same on any number of ranks
  /// and partitions. Counts the elements first, in a job of its own.
  Dataset<T> sample(double fraction, std::uint64_t seed, bool with_replacement = false,
                    std::source_location where = std::source_location::current()) const;

  /// (x, its number in the dataset), from 0. Counts the elements first, in a job of its own.
  Dataset<std::pair<T, std::int64_t>> zip_with_index(
      std::source_location where = std::source_location::current()) const;

  // ---- Partitions and order --------------------------------------------------------------------------------------

  /// The same elements spread evenly over num_partitions, through a shuffle.
  Dataset<T> repartition(std::uint32_t num_partitions,
                         std::source_location where = std::source_location::current()) const;
  /// Fewer partitions without a shuffle: neighbours are joined. Asking for more changes nothing.
  Dataset<T> coalesce(std::uint32_t num_partitions, std::source_location where = std::source_location::current()) const;
  /// All elements in order of key(x), ascending or descending, stable: of equal keys, that which came first stays
  /// first. Samples the keys first, in a job of its own.
  template <typename F>
  Dataset<T> sort_by(F key, bool ascending = true, std::optional<std::uint32_t> num_partitions = {},
                     std::source_location where = std::source_location::current()) const;
  /// sort_by the elements themselves.
  Dataset<T> sort(bool ascending = true, std::optional<std::uint32_t> num_partitions = {},
                  std::source_location where = std::source_location::current()) const {
    return sort_by(std::identity{}, ascending, num_partitions, where);
  }

  // ---- Pairs -----------------------------------------------------------------------------------------------------

  template <typename P = T, typename K = PairKey<P>>
  Dataset<K> keys(std::source_location where = std::source_location::current()) const;
  template <typename P = T, typename V = PairValue<P>>
  Dataset<V> values(std::source_location where = std::source_location::current()) const;
  /// function(V) -> U for every value. Keeps the partitioning.
  template <typename F, typename P = T, typename U = std::remove_cvref_t<std::invoke_result_t<F&, PairValue<P>>>>
  Dataset<std::pair<PairKey<P>, U>> map_values(F function,
                                               std::source_location where = std::source_location::current()) const;
  /// function(const V&) -> range of U. Keeps the partitioning.
  template <typename F, typename P = T,
            typename U = dataset_detail::RangeElement<std::invoke_result_t<F&, const PairValue<P>&>>>
  Dataset<std::pair<PairKey<P>, U>> flat_map_values(F function,
                                                    std::source_location where = std::source_location::current()) const;

  /// (element, how often it occurs), for each different element. Combines before it shuffles, and strings are counted
  /// where they lie, without a copy of each: `lines.flat_map(hs::split_words).count_each()` counts words.
  Dataset<std::pair<T, std::int64_t>> count_each(std::optional<std::uint32_t> num_partitions = {},
                                                 std::source_location where = std::source_location::current()) const;

  /// function(V, V) -> V, associative and commutative, folds the values of each key. Combines before it shuffles.
  template <typename F, typename P = T>
  Dataset<P> reduce_by_key(F function, std::optional<std::uint32_t> num_partitions = {},
                           std::source_location where = std::source_location::current()) const requires IsPair<P>;
  /// reduce_by_key that starts every partition's fold of a key at zero.
  template <typename F, typename P = T>
  Dataset<P> fold_by_key(PairValue<P> zero, F function, std::optional<std::uint32_t> num_partitions = {},
                         std::source_location where = std::source_location::current()) const;
  /// add(U, V) -> U folds values into zero, merge(U, U) -> U joins what partitions have folded.
  template <typename U, typename Add, typename Merge, typename P = T>
  Dataset<std::pair<PairKey<P>, U>> aggregate_by_key(
      U zero, Add add, Merge merge, std::optional<std::uint32_t> num_partitions = {},
      std::source_location where = std::source_location::current()) const;
  /// The general form: create(V) -> C, merge_value(C, V) -> C, merge_combiners(C, C) -> C.
  template <typename Create, typename MergeValue, typename MergeCombiners, typename P = T,
            typename C = std::remove_cvref_t<std::invoke_result_t<Create&, PairValue<P>>>>
  Dataset<std::pair<PairKey<P>, C>> combine_by_key(Create create, MergeValue merge_value,
                                                   MergeCombiners merge_combiners,
                                                   std::optional<std::uint32_t> num_partitions = {},
                                                   std::source_location where = std::source_location::current()) const;
  /// All values of each key in one vector, in the order of the input. One key's values must fit in memory.
  template <typename P = T>
  Dataset<std::pair<PairKey<P>, std::vector<PairValue<P>>>> group_by_key(
      std::optional<std::uint32_t> num_partitions = {},
      std::source_location where = std::source_location::current()) const;
  /// All elements of equal function(x) in one vector.
  template <typename F, typename K = std::remove_cvref_t<std::invoke_result_t<F&, const T&>>>
  Dataset<std::pair<K, std::vector<T>>> group_by(F function, std::optional<std::uint32_t> num_partitions = {},
                                                 std::source_location where = std::source_location::current()) const;

  /// Rows of both sides with equal keys, in all combinations. Sides that are partitioned alike are not shuffled. The
  /// right side is held in memory, a partition at a time, and spills.
  template <typename W, typename P = T>
  Dataset<std::pair<PairKey<P>, std::pair<PairValue<P>, W>>> join(
      const Dataset<std::pair<PairKey<P>, W>>& other, std::optional<std::uint32_t> num_partitions = {},
      std::source_location where = std::source_location::current()) const;
  template <typename W, typename P = T>
  Dataset<std::pair<PairKey<P>, std::pair<PairValue<P>, std::optional<W>>>> left_outer_join(
      const Dataset<std::pair<PairKey<P>, W>>& other, std::optional<std::uint32_t> num_partitions = {},
      std::source_location where = std::source_location::current()) const;
  template <typename W, typename P = T>
  Dataset<std::pair<PairKey<P>, std::pair<std::optional<PairValue<P>>, W>>> right_outer_join(
      const Dataset<std::pair<PairKey<P>, W>>& other, std::optional<std::uint32_t> num_partitions = {},
      std::source_location where = std::source_location::current()) const;
  template <typename W, typename P = T>
  Dataset<std::pair<PairKey<P>, std::pair<std::optional<PairValue<P>>, std::optional<W>>>> full_outer_join(
      const Dataset<std::pair<PairKey<P>, W>>& other, std::optional<std::uint32_t> num_partitions = {},
      std::source_location where = std::source_location::current()) const;
  /// For each key of either side its values of both. One key's values must fit in memory.
  template <typename W, typename P = T>
  Dataset<std::pair<PairKey<P>, std::pair<std::vector<PairValue<P>>, std::vector<W>>>> cogroup(
      const Dataset<std::pair<PairKey<P>, W>>& other, std::optional<std::uint32_t> num_partitions = {},
      std::source_location where = std::source_location::current()) const;
  /// Rows whose key is not among the other's keys.
  template <typename W, typename P = T>
  Dataset<P> subtract_by_key(const Dataset<std::pair<PairKey<P>, W>>& other,
                             std::optional<std::uint32_t> num_partitions = {},
                             std::source_location where = std::source_location::current()) const;

  /// Rows placed by a partitioner of their key: HashPartitioner, RangePartitioner, FunctionPartitioner or your own.
  template <typename PartitionerType, typename P = T>
  requires Partitioner<PartitionerType, PairKey<P>> Dataset<P> partition_by(
      PartitionerType partitioner, std::source_location where = std::source_location::current())
  const;
  template <typename P = T>
  Dataset<P> sort_by_key(bool ascending = true, std::optional<std::uint32_t> num_partitions = {},
                         std::source_location where = std::source_location::current()) const requires IsPair<P>;

  // ---- Keeping ---------------------------------------------------------------------------------------------------

  /// From the next job on, partitions stay on the executors that compute them. Returns the same dataset.
  Dataset<T> persist(storage::StorageLevel level = storage::StorageLevel::kMemoryAndDisk) const;
  Dataset<T> cache() const { return persist(); }
  /// Forgets the blocks.
  Dataset<T> unpersist() const;
  /// Writes the elements to files of `directory`, now, and returns a dataset that reads them, with no other lineage. If
  /// the directory holds a complete and valid checkpoint of equal partition count, that is read instead and nothing is
  /// computed: so a rerun goes on from there.
  Dataset<T> checkpoint(const std::string& directory,
                        std::source_location where = std::source_location::current()) const;

  // ---- Actions ---------------------------------------------------------------------------------------------------

  /// All elements in order. Guarded by max_result_bytes.
  std::vector<T> collect(std::source_location where = std::source_location::current()) const;
  /// The first n elements. Computes one partition first, then four times as many as before until it has n.
  std::vector<T> take(std::uint64_t n, std::source_location where = std::source_location::current()) const;
  /// @throws UserError kInvalidArgument  the dataset is empty.
  T first(std::source_location where = std::source_location::current()) const;
  bool is_empty(std::source_location where = std::source_location::current()) const;
  /// The n largest elements, largest first; less(a, b) is a strict weak order.
  template <typename Less = std::less<>>
  std::vector<T> top(std::uint64_t n, Less less = {},
                     std::source_location where = std::source_location::current()) const;
  /// The n smallest elements, smallest first.
  template <typename Less = std::less<>>
  std::vector<T> take_ordered(std::uint64_t n, Less less = {},
                              std::source_location where = std::source_location::current()) const;
  /// n elements chosen at random, in random order; keyed by (seed, number of the element).
  std::vector<T> take_sample(std::uint64_t n, std::uint64_t seed,
                             std::source_location where = std::source_location::current()) const;

  std::uint64_t count(std::source_location where = std::source_location::current()) const;
  /// function(T, T) -> T, associative; partitions are joined in order.
  /// @throws UserError kInvalidArgument  the dataset is empty.
  template <typename F>
  T reduce(F function, std::source_location where = std::source_location::current()) const;
  template <typename F>
  T fold(T zero, F function, std::source_location where = std::source_location::current()) const;
  /// add(U, T) -> U folds each partition from zero; merge(U, U) -> U joins the partitions in order, on the driver.
  template <typename U, typename Add, typename Merge>
  U aggregate(U zero, Add add, Merge merge, std::source_location where = std::source_location::current()) const;
  /// aggregate that joins partitions on the executors in a tree of the given depth, for large U.
  template <typename U, typename Add, typename Merge>
  U tree_aggregate(U zero, Add add, Merge merge, std::uint32_t depth = 2,
                   std::source_location where = std::source_location::current()) const;

  template <typename P = T>
  std::map<PairKey<P>, std::uint64_t> count_by_key(std::source_location where = std::source_location::current()) const;
  std::map<T, std::uint64_t> count_by_value(std::source_location where = std::source_location::current()) const;
  /// All values of one key.
  template <typename P = T>
  std::vector<PairValue<P>> lookup(const PairKey<P>& key,
                                   std::source_location where = std::source_location::current()) const;

  /// Sum, mean and the like of numbers. Partitions are joined in order.
  auto sum(std::source_location where = std::source_location::current()) const requires std::is_arithmetic_v<T>;
  double mean(std::source_location where = std::source_location::current()) const requires std::is_arithmetic_v<T>;
  T min(std::source_location where = std::source_location::current()) const;
  T max(std::source_location where = std::source_location::current()) const;
  Statistics stats(std::source_location where = std::source_location::current()) const requires std::is_arithmetic_v<T>;
  /// Counts between n + 1 ascending bounds, the last one included: [b0, b1), [b1, b2), ..., [bn-1, bn].
  std::vector<std::uint64_t> histogram(
      const std::vector<double>& bounds,
      std::source_location where = std::source_location::current()) const requires std::is_arithmetic_v<T>;
  /// Counts in num_buckets buckets of even width between min and max, and the bounds.
  std::pair<std::vector<double>, std::vector<std::uint64_t>> histogram(
      std::uint32_t num_buckets,
      std::source_location where = std::source_location::current()) const requires std::is_arithmetic_v<T>;

  /// function(const T&) on the executors, for what it does there, such as adding to accumulators.
  template <typename F>
  void foreach (F function, std::source_location where = std::source_location::current()) const;
  /// function(PartitionRows<T>&).
  template <typename F>
  void foreach_partition(F function, std::source_location where = std::source_location::current()) const;

  /// Writes each element as a line to DIRECTORY/part-00000 ...; _SUCCESS comes last. A codec by the option's name:
  /// "", "gzip", "zstd", "bzip2".
  /// @throws UserError kFileExists  the directory exists.
  void save_as_text(const std::string& directory, const std::string& codec = "",
                    std::source_location where = std::source_location::current()) const;
  /// Writes numbers (n) or rows of d numbers (n x d; std::array or std::vector of numbers, all of one length) to a
  /// dataset of a new HDF5 file, all executors together, in order. Caches the dataset if it is not cached. Defined in
  /// hammerscale/dataset/hdf5_files.hpp.
  /// @throws UserError kFileExists; kMalformedInput  a row has another length, with its number.
  void save_as_hdf5(const std::string& path, const std::string& dataset_name,
                    std::source_location where = std::source_location::current()) const;

  /// Runs one function on all executors together, a gang stage: function(GangContext& gang, GangRows<T>& rows) -> R,
  /// where rows gives the partitions of this dataset that lie on the executor. Computes and caches the dataset first if
  /// it is not cached.
  /// @param on_progress  told on a thread of the driver what executors report.
  /// @return R of each executor.
  template <typename F, typename R = dataset_detail::GangResult<F, T>>
  std::vector<R> gang(F function, std::function<void(ExecutorId, const std::string&, double)> on_progress = {},
                      std::source_location where = std::source_location::current()) const;

  // ---- Looking at it ---------------------------------------------------------------------------------------------

  [[nodiscard]] std::uint32_t num_partitions() const noexcept { return node_->num_partitions; }
  [[nodiscard]] DatasetId id() const noexcept { return node_->id; }
  [[nodiscard]] const std::optional<Partitioning>& partitioning() const noexcept { return node_->partitioning; }
  /// The lineage as an indented tree.
  [[nodiscard]] std::string to_debug_string() const { return to_string(*node_); }

  /// For libraries that build operators of their own.
  [[nodiscard]] const std::shared_ptr<LineageNode>& node() const noexcept { return node_; }
  [[nodiscard]] const std::shared_ptr<Engine>& engine() const noexcept { return engine_; }

 private:
  std::shared_ptr<Engine> engine_;
  std::shared_ptr<LineageNode> node_;
};

}  // namespace hammerscale

#include "hammerscale/dataset/dataset_actions_impl.hpp"
#include "hammerscale/dataset/dataset_elements_impl.hpp"
#include "hammerscale/dataset/dataset_keeping_impl.hpp"
#include "hammerscale/dataset/dataset_numbers_impl.hpp"
#include "hammerscale/dataset/dataset_order_impl.hpp"
#include "hammerscale/dataset/dataset_pairs_impl.hpp"
