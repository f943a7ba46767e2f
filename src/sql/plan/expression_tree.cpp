#include <algorithm>
#include <cctype>
#include <functional>

#include "sql/plan/fields.hpp"
#include "sql/plan/expression.hpp"
#include "sql/plan/plan.hpp"

namespace hammerscale::sql {

namespace {

using plan_detail::same_fields;
using plan_detail::visit_leaves;

template <typename T>
inline constexpr bool kIsExpression = std::is_same_v<std::remove_cvref_t<T>, ExpressionPtr>;
template <typename T>
inline constexpr bool kIsPlan = std::is_same_v<std::remove_cvref_t<T>, PlanPtr>;

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool equal_without_case(const std::string& a, const std::string& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

void mix(std::size_t& hash, std::size_t value) noexcept {
  hash ^= value + 0x9e3779b97f4a7c15ULL + (hash << 6) + (hash >> 2);
}

void mix_name(std::size_t& hash, const std::string& name) {
  std::size_t value = 1469598103934665603ULL;
  for (const char c : name) { value = (value ^ static_cast<unsigned char>(lower(c))) * 1099511628211ULL; }
  mix(hash, value);
}

/// Two arguments of these may change places.
bool is_commutative(const std::string& name) {
  return name == "=" || name == "<=>" || name == "and" || name == "or" || name == "+" || name == "*" || name == "&" ||
         name == "|" || name == "^";
}

/// The operands of a call whose two arguments may change places, or null.
const Expressions* commutative_operands(const Expression& expression) {
  if (const auto* call = expression.get_if<FunctionCall>()) {
    return call->arguments.size() == 2 && is_commutative(call->name) ? &call->arguments : nullptr;
  }
  if (const auto* call = expression.get_if<UnresolvedFunction>()) {
    return call->arguments.size() == 2 && call->name.size() == 1 && is_commutative(call->name[0]) ? &call->arguments
                                                                                                  : nullptr;
  }
  return nullptr;
}

std::size_t hash_tree(const Expression& expression);

std::size_t hash_value(const Value& value) {
  return std::visit([](const auto& held) -> std::size_t {
    using Held = std::remove_cvref_t<decltype(held)>;
    if constexpr (std::is_same_v<Held, std::monostate>) {
      return 0;
    } else if constexpr (std::is_same_v<Held, Int128>) {
      return std::hash<std::uint64_t>{}(static_cast<std::uint64_t>(held) ^ static_cast<std::uint64_t>(held >> 64));
    } else if constexpr (std::is_same_v<Held, CalendarInterval>) {
      return std::hash<std::int64_t>{}(held.microseconds ^ held.months ^ held.days);
    } else if constexpr (std::is_same_v<Held, Value::List>) {
      std::size_t hash = held.size();
      for (const auto& element : held) { mix(hash, hash_value(element)); }
      return hash;
    } else if constexpr (std::is_floating_point_v<Held>) {
      return 7;  // Equality is bitwise; one bucket for all keeps this simple, and literals are few.
    } else {
      return std::hash<Held>{}(held);
    }
  }, value.holder());
}

std::size_t hash_node(const Expression& expression) {
  std::size_t hash = expression.node.index();
  auto add = [&hash](const auto& leaf) {
    using Leaf = std::remove_cvref_t<decltype(leaf)>;
    if constexpr (kIsExpression<Leaf>) {
      mix(hash, leaf == nullptr ? 0 : hash_tree(*leaf));
    } else if constexpr (kIsPlan<Leaf>) {
      mix(hash, leaf == nullptr ? 0 : leaf->node.index());
    } else if constexpr (std::is_same_v<Leaf, std::string>) {
      mix_name(hash, leaf);
    } else if constexpr (std::is_same_v<Leaf, Value>) {
      mix(hash, hash_value(leaf));
    } else if constexpr (std::is_same_v<Leaf, DataType>) {
      mix(hash, static_cast<std::size_t>(leaf.id()));
    } else {
      mix(hash, static_cast<std::size_t>(leaf));
    }
  };
  visit_leaves(expression.node, add);
  return hash;
}

std::size_t hash_tree(const Expression& expression) {
  if (const auto* alias = expression.get_if<Alias>()) { return hash_tree(*alias->child); }
  if (const auto* attribute = expression.get_if<Attribute>(); attribute != nullptr && attribute->id != 0) {
    return std::hash<std::int64_t>{}(attribute->id) * 31 + 17;
  }
  if (const auto* operands = commutative_operands(expression)) {
    const auto& name = expression.is<FunctionCall>() ? expression.get_if<FunctionCall>()->name
                                                     : expression.get_if<UnresolvedFunction>()->name[0];
    std::size_t hash = expression.node.index();
    mix_name(hash, name);
    mix(hash, hash_tree(*(*operands)[0]) + hash_tree(*(*operands)[1]));
    return hash;
  }
  return hash_node(expression);
}

bool same_meaning(const Expression& a, const Expression& b);

bool same_meaning(const ExpressionPtr& a, const ExpressionPtr& b) {
  if (a == b) { return true; }
  return a != nullptr && b != nullptr && same_meaning(*a, *b);
}

bool same_meaning(const Expression& a, const Expression& b) {
  if (&a == &b) { return true; }
  if (const auto* alias = a.get_if<Alias>()) { return same_meaning(*alias->child, b); }
  if (const auto* alias = b.get_if<Alias>()) { return same_meaning(a, *alias->child); }
  if (a.node.index() != b.node.index()) { return false; }
  if (const auto* attribute = a.get_if<Attribute>(); attribute != nullptr && attribute->id != 0) {
    return attribute->id == b.get_if<Attribute>()->id;
  }
  const bool names_matter = a.is<Literal>() || a.is<FunctionCall>();
  auto same = [names_matter](const auto& x, const auto& y) {
    using Leaf = std::remove_cvref_t<decltype(x)>;
    if constexpr (kIsExpression<Leaf>) {
      return same_meaning(x, y);
    } else if constexpr (kIsPlan<Leaf>) {
      return equal(x, y);
    } else if constexpr (std::is_same_v<Leaf, std::string>) {
      return names_matter ? x == y : equal_without_case(x, y);
    } else {
      return x == y;
    }
  };
  if (same_fields(a.node, b.node, same)) { return true; }
  const auto* left = commutative_operands(a);
  const auto* right = commutative_operands(b);
  if (left == nullptr || right == nullptr) { return false; }
  // Hashes first, so that unequal deep trees are not compared in both orders at every level.
  const auto& l = *left;
  const auto& r = *right;
  const auto* l_call = a.get_if<FunctionCall>();
  const bool same_name = l_call != nullptr
                             ? l_call->name == b.get_if<FunctionCall>()->name
                             : a.get_if<UnresolvedFunction>()->name == b.get_if<UnresolvedFunction>()->name;
  return same_name && hash_tree(*l[0]) == hash_tree(*r[1]) && hash_tree(*l[1]) == hash_tree(*r[0]) &&
         same_meaning(l[0], r[1]) && same_meaning(l[1], r[0]);
}

}  // namespace

Expressions children_of(const Expression& expression) {
  Expressions children;
  auto add = [&children](const auto& leaf) {
    if constexpr (kIsExpression<decltype(leaf)>) {
      if (leaf != nullptr) { children.push_back(leaf); }
    }
  };
  visit_leaves(expression.node, add);
  return children;
}

ExpressionPtr map_children(const ExpressionPtr& expression,
                           const std::function<ExpressionPtr(const ExpressionPtr&)>& f) {
  const auto before = children_of(*expression);
  if (before.empty()) { return expression; }
  Expressions after;
  after.reserve(before.size());
  for (const auto& child : before) { after.push_back(f(child)); }
  if (before == after) { return expression; }
  Expression copy = *expression;
  std::size_t next = 0;
  auto replace = [&](auto& leaf) {
    if constexpr (kIsExpression<decltype(leaf)>) {
      if (leaf != nullptr) { leaf = std::move(after[next++]); }
    }
  };
  visit_leaves(copy.node, replace);
  return share(std::move(copy));
}

ExpressionPtr transform_up(const ExpressionPtr& expression,
                           const std::function<ExpressionPtr(const ExpressionPtr&)>& f) {
  return f(map_children(expression, [&f](const ExpressionPtr& child) { return transform_up(child, f); }));
}

ExpressionPtr transform_down(const ExpressionPtr& expression,
                             const std::function<ExpressionPtr(const ExpressionPtr&)>& f) {
  return map_children(f(expression), [&f](const ExpressionPtr& child) { return transform_down(child, f); });
}

void for_each(const ExpressionPtr& expression, const std::function<bool(const ExpressionPtr&)>& f) {
  if (!f(expression)) { return; }
  for (const auto& child : children_of(*expression)) { for_each(child, f); }
}

bool contains(const ExpressionPtr& expression, const std::function<bool(const Expression&)>& predicate) {
  if (predicate(*expression)) { return true; }
  const auto children = children_of(*expression);
  return std::any_of(children.begin(), children.end(), [&](const auto& child) { return contains(child, predicate); });
}

bool equal(const Expression& a, const Expression& b) {
  if (&a == &b) { return true; }
  auto same = [](const auto& x, const auto& y) {
    using Leaf = std::remove_cvref_t<decltype(x)>;
    if constexpr (kIsExpression<Leaf> || kIsPlan<Leaf>) {
      return equal(x, y);
    } else {
      return x == y;
    }
  };
  return same_fields(a.node, b.node, same);
}

bool equal(const ExpressionPtr& a, const ExpressionPtr& b) {
  return a == b || (a != nullptr && b != nullptr && equal(*a, *b));
}

bool semantically_equal(const ExpressionPtr& a, const ExpressionPtr& b) { return same_meaning(a, b); }

std::size_t hash_of(const ExpressionPtr& expression) { return expression == nullptr ? 0 : hash_tree(*expression); }

}  // namespace hammerscale::sql
