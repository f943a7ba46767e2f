#include <array>
#include <bit>
#include <cstring>
#include <span>
#include <unordered_map>

#include "hammerscale/base/error.hpp"
#include "hammerscale/serde/reader.hpp"
#include "sql/plan/fields.hpp"
#include "sql/plan/plan.hpp"

namespace hammerscale::sql {

namespace {

using namespace plan_detail;

// Levels of nesting that travel. Twice what the parser lets through, as the analyzer adds casts and aliases; a level
// takes less than 1 KiB of the reader's stack.
constexpr int kMaxDepth = 4000;

[[noreturn]] void fail_corrupt(const char* what) {
  throw ResourceError(ErrorCode::kCorruptBlock, "bytes hold no plan", {{"at", what}});
}

// How many enumerators each enumeration has, so that a corrupt byte cannot become a value that no switch expects.
template <typename E>
inline constexpr int kCount = 0;
template <> inline constexpr int kCount<TypeId> = static_cast<int>(TypeId::kVariant) + 1;
template <> inline constexpr int kCount<Collation> = 2;
template <> inline constexpr int kCount<StringKind> = 3;
template <> inline constexpr int kCount<IntervalField> = 6;
template <> inline constexpr int kCount<CastMode> = 3;
template <> inline constexpr int kCount<FrameUnit> = 2;
template <> inline constexpr int kCount<BoundKind> = 5;
template <> inline constexpr int kCount<SubqueryKind> = 4;
template <> inline constexpr int kCount<GroupingKind> = 5;
template <> inline constexpr int kCount<SampleUnit> = 3;
template <> inline constexpr int kCount<RepartitionKind> = 4;
template <> inline constexpr int kCount<ColumnEditKind> = 3;
template <> inline constexpr int kCount<JoinKind> = static_cast<int>(JoinKind::kSingle) + 1;
template <> inline constexpr int kCount<SetOperationKind> = 3;
template <> inline constexpr int kCount<CommentTarget> = 4;
template <> inline constexpr int kCount<ConstraintKind> = 4;
template <> inline constexpr int kCount<CreateMode> = 4;
template <> inline constexpr int kCount<ViewSchemaMode> = 5;
template <> inline constexpr int kCount<ViewScope> = 3;
template <> inline constexpr int kCount<MergeActionKind> = 5;
template <> inline constexpr int kCount<ExplainMode> = 6;
template <> inline constexpr int kCount<FunctionScope> = 3;
template <> inline constexpr int kCount<ResourceKind> = 3;

enum class Presence : std::uint8_t { kNull, kNew, kSeen };

class DepthGuard {
 public:
  explicit DepthGuard(int& depth) : depth_(depth) {
    if (++depth_ > kMaxDepth) {
      --depth_;
      throw UserError(ErrorCode::kInvalidArgument, "plan is nested too deeply to travel",
                      {{"levels", std::to_string(kMaxDepth)}});
    }
  }
  ~DepthGuard() { --depth_; }
  DepthGuard(const DepthGuard&) = delete;
  DepthGuard& operator=(const DepthGuard&) = delete;

 private:
  int& depth_;
};

class PlanWriter {
 public:
  void write_plan(const PlanPtr& plan) { write_tree(plan, [&] { write(plan->node); write_origin(plan->origin); }); }

  std::vector<std::byte> take() { return std::move(bytes_); }

 private:
  /// Shared parts are written once, so that a graph with much sharing does not grow into the tree it stands for.
  template <typename Ptr, typename F>
  void write_tree(const Ptr& tree, F write_new) {
    if (tree == nullptr) { return write_byte(static_cast<std::uint8_t>(Presence::kNull)); }
    const DepthGuard guard(depth_);
    const auto found = seen_.find(tree.get());
    if (found != seen_.end()) {
      write_byte(static_cast<std::uint8_t>(Presence::kSeen));
      return write_size(found->second);
    }
    write_byte(static_cast<std::uint8_t>(Presence::kNew));
    write_new();
    seen_.emplace(tree.get(), seen_.size());
  }

  template <typename T>
  void write(const T& part) {
    if constexpr (std::is_same_v<T, ExpressionPtr>) {
      write_tree(part, [&] { write(part->node); write_origin(part->origin); });
    } else if constexpr (std::is_same_v<T, PlanPtr>) {
      write_plan(part);
    } else if constexpr (std::is_same_v<T, std::string>) {
      write_size(part.size());
      write_raw(part.data(), part.size());
    } else if constexpr (std::is_same_v<T, bool>) {
      write_byte(part ? 1 : 0);
    } else if constexpr (std::is_enum_v<T>) {
      static_assert(kCount<T> > 0, "tell kCount how many enumerators there are");
      write_byte(static_cast<std::uint8_t>(part));
    } else if constexpr (std::is_arithmetic_v<T>) {
      write_raw(&part, sizeof part);
    } else if constexpr (std::is_same_v<T, Value>) {
      write_value(part);
    } else if constexpr (std::is_same_v<T, DataType>) {
      write_type(part);
    } else if constexpr (IsVector<T>) {
      write_size(part.size());
      for (const auto& element : part) { write(element); }
    } else if constexpr (IsOptional<T>) {
      write(part.has_value());
      if (part) { write(*part); }
    } else if constexpr (IsPair<T>) {
      write(part.first);
      write(part.second);
    } else if constexpr (IsVariant<T>) {
      static_assert(std::variant_size_v<T> < 256);
      write_byte(static_cast<std::uint8_t>(part.index()));
      std::visit([this](const auto& node) { write(node); }, part);
    } else if constexpr (!IsEmptyNode<T>) {
      std::apply([this](const auto&... field) { (write(field), ...); }, serde_detail::tie_fields(part));
    }
  }

  void write_value(const Value& value) {
    const DepthGuard guard(depth_);
    write_byte(static_cast<std::uint8_t>(value.holder().index()));
    std::visit([this](const auto& held) {
      using Held = std::remove_cvref_t<decltype(held)>;
      if constexpr (std::is_same_v<Held, Value::List>) {
        write_size(held.size());
        for (const auto& element : held) { write_value(element); }
      } else if constexpr (std::is_same_v<Held, Int128>) {
        write_raw(&held, sizeof held);
      } else if constexpr (std::is_same_v<Held, CalendarInterval>) {
        write(held.months);
        write(held.days);
        write(held.microseconds);
      } else if constexpr (!std::is_same_v<Held, std::monostate>) {
        write(held);
      }
    }, value.holder());
  }

  void write_type(const DataType& type) {
    const DepthGuard guard(depth_);
    write(type.id());
    switch (type.id()) {
      case TypeId::kDecimal:
        write_byte(static_cast<std::uint8_t>(type.precision()));
        write_byte(static_cast<std::uint8_t>(type.scale()));
        break;
      case TypeId::kTime: write_byte(static_cast<std::uint8_t>(type.precision())); break;
      case TypeId::kString:
        write(type.collation());
        write(type.string_kind());
        write(static_cast<std::int32_t>(type.length()));
        break;
      case TypeId::kYearMonthInterval:
      case TypeId::kDayTimeInterval:
        write(type.start_field());
        write(type.end_field());
        break;
      case TypeId::kArray:
        write_type(type.element());
        write(type.contains_null());
        break;
      case TypeId::kMap:
        write_type(type.key());
        write_type(type.value());
        write(type.contains_null());
        break;
      case TypeId::kStruct: write(type.fields()); break;
      default: break;
    }
  }

  void write_origin(const Origin& origin) {
    write(origin.start);
    write(origin.stop);
  }

  void write_byte(std::uint8_t byte) { bytes_.push_back(static_cast<std::byte>(byte)); }
  void write_size(std::size_t size) {
    std::array<std::byte, 10> buffer;
    const std::byte* const first = buffer.data();
    const std::byte* const end = write_length(buffer.data(), size);
    bytes_.insert(bytes_.end(), first, end);
  }
  void write_raw(const void* data, std::size_t size) {
    const auto* first = static_cast<const std::byte*>(data);
    bytes_.insert(bytes_.end(), first, first + size);
  }

  std::vector<std::byte> bytes_;
  std::unordered_map<const void*, std::size_t> seen_;
  int depth_ = 0;
};

class PlanReader {
 public:
  explicit PlanReader(std::span<const std::byte> bytes) : reader_(bytes) {}

  PlanPtr read_whole() {
    PlanPtr plan;
    read(plan);
    if (plan == nullptr || !reader_.at_end()) { fail_corrupt("end"); }
    return plan;
  }

 private:
  template <typename Tree, typename Ptr>
  void read_tree(Ptr& tree, std::vector<Ptr>& seen_here) {
    const DepthGuard guard(depth_);
    const auto presence = read_below(3);
    if (presence == static_cast<int>(Presence::kNull)) { return; }
    if (presence == static_cast<int>(Presence::kSeen)) {
      const auto index = reader_.read_length();
      if (index >= order_.size() || order_[index].first != (std::is_same_v<Tree, Plan>)) {
        fail_corrupt("shared part");
      }
      tree = seen_here[order_[index].second];
      return;
    }
    Tree fresh;
    read(fresh.node);
    read(fresh.origin.start);
    read(fresh.origin.stop);
    tree = share(std::move(fresh));
    order_.emplace_back(std::is_same_v<Tree, Plan>, seen_here.size());
    seen_here.push_back(tree);
  }

  template <typename T>
  void read(T& part) {
    if constexpr (std::is_same_v<T, ExpressionPtr>) {
      read_tree<Expression>(part, expressions_);
    } else if constexpr (std::is_same_v<T, PlanPtr>) {
      read_tree<Plan>(part, plans_);
    } else if constexpr (std::is_same_v<T, std::string>) {
      const auto bytes = reader_.take(reader_.read_count());
      part.assign(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    } else if constexpr (std::is_same_v<T, bool>) {
      part = read_below(2) != 0;
    } else if constexpr (std::is_enum_v<T>) {
      part = static_cast<T>(read_below(kCount<T>));
    } else if constexpr (std::is_arithmetic_v<T>) {
      reader_.read_bytes(&part, sizeof part);
    } else if constexpr (std::is_same_v<T, Value>) {
      part = read_value();
    } else if constexpr (std::is_same_v<T, DataType>) {
      part = read_type();
    } else if constexpr (IsVector<T>) {
      const auto size = reader_.read_count();
      for (std::size_t i = 0; i < size; ++i) { read(part.emplace_back()); }
    } else if constexpr (IsOptional<T>) {
      if (read_below(2) != 0) { read(part.emplace()); }
    } else if constexpr (IsPair<T>) {
      read(part.first);
      read(part.second);
    } else if constexpr (IsVariant<T>) {
      read_variant(part, std::make_index_sequence<std::variant_size_v<T>>{});
    } else if constexpr (!IsEmptyNode<T>) {
      std::apply([this](auto&... field) { (read(field), ...); }, serde_detail::tie_fields(part));
    }
  }

  template <typename Variant, std::size_t... I>
  void read_variant(Variant& part, std::index_sequence<I...>) {
    using Read = void (*)(PlanReader&, Variant&);
    static constexpr std::array<Read, sizeof...(I)> kReaders{
        [](PlanReader& self, Variant& target) { self.read(target.template emplace<I>()); }...};
    kReaders[static_cast<std::size_t>(read_below(static_cast<int>(sizeof...(I))))](*this, part);
  }

  Value read_value() {
    const DepthGuard guard(depth_);
    switch (read_below(static_cast<int>(std::variant_size_v<Value::Holder>))) {
      case 1: return Value(read_as<bool>());
      case 2: return Value(read_as<std::int64_t>());
      case 3: return Value(read_as<float>());
      case 4: return Value(read_as<double>());
      case 5: {
        Int128 held = 0;
        reader_.read_bytes(&held, sizeof held);
        return Value(held);
      }
      case 6: {
        CalendarInterval held;
        read(held.months);
        read(held.days);
        read(held.microseconds);
        return Value(held);
      }
      case 7: return Value(read_as<std::string>());
      case 8: {
        Value::List list;
        const auto size = reader_.read_count();
        for (std::size_t i = 0; i < size; ++i) { list.push_back(read_value()); }
        return Value(std::move(list));
      }
      default: return Value();
    }
  }

  DataType read_type() {
    const DepthGuard guard(depth_);
    const auto id = read_as<TypeId>();
    switch (id) {
      case TypeId::kDecimal: {
        const int precision = read_below(39);
        const int scale = static_cast<std::int8_t>(read_below(256));
        if (precision < 1 || scale > precision) { fail_corrupt("decimal type"); }
        return DataType::decimal(precision, scale);
      }
      case TypeId::kTime: return DataType::time(read_below(10));
      case TypeId::kString: {
        const auto collation = read_as<Collation>();
        const auto kind = read_as<StringKind>();
        const auto length = read_as<std::int32_t>();
        if (kind == StringKind::kString) { return DataType::string(collation); }
        if (length < 1) { fail_corrupt("length of a string type"); }
        return kind == StringKind::kChar ? DataType::char_of(length) : DataType::varchar(length);
      }
      case TypeId::kYearMonthInterval:
      case TypeId::kDayTimeInterval: {
        const auto start = read_as<IntervalField>();
        const auto end = read_as<IntervalField>();
        const bool is_months = end <= IntervalField::kMonth;
        if (start > end || is_months != (id == TypeId::kYearMonthInterval) ||
            (!is_months && start <= IntervalField::kMonth)) {
          fail_corrupt("interval type");
        }
        return is_months ? DataType::year_month_interval(start, end) : DataType::day_time_interval(start, end);
      }
      case TypeId::kArray: {
        auto element = read_type();
        const bool contains_null = read_as<bool>();
        return DataType::array(std::move(element), contains_null);
      }
      case TypeId::kMap: {
        auto key = read_type();
        auto value = read_type();
        const bool contains_null = read_as<bool>();
        return DataType::map(std::move(key), std::move(value), contains_null);
      }
      case TypeId::kStruct: return DataType::structure(read_as<std::vector<Field>>());
      default: return id;
    }
  }

  template <typename T>
  T read_as() {
    T value{};
    read(value);
    return value;
  }

  int read_below(int limit) {
    const int value = static_cast<int>(reader_.take(1)[0]);
    if (value >= limit) { fail_corrupt("tag"); }
    return value;
  }

  Reader reader_;
  std::vector<ExpressionPtr> expressions_;
  std::vector<PlanPtr> plans_;
  std::vector<std::pair<bool, std::size_t>> order_;  ///< Whether a plan, and its place there, of each part read so far.
  int depth_ = 0;
};

}  // namespace

std::vector<std::byte> to_bytes(const PlanPtr& plan) {
  PlanWriter writer;
  writer.write_plan(plan);
  return writer.take();
}

PlanPtr plan_from_bytes(const std::vector<std::byte>& bytes) { return PlanReader(bytes).read_whole(); }

}  // namespace hammerscale::sql
