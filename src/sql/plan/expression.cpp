#include "sql/plan/expression.hpp"

#include <atomic>

namespace hammerscale::sql {

AttributeId next_attribute_id() {
  static std::atomic<AttributeId> last{0};
  return last.fetch_add(1, std::memory_order_relaxed) + 1;
}

}  // namespace hammerscale::sql
