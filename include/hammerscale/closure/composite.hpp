#pragma once

#include <tuple>
#include <utility>

#include "hammerscale/closure/functor_codec.hpp"

namespace hammerscale {

/// A callable made of others that travel with it: calls Rule::call(functions..., arguments...). How operators wrap the
/// functions users give them without losing that these may be function pointers or results of hs::bind.
template <typename Rule, typename... Functions>
class Composite {
 public:
  explicit Composite(Functions... functions) : functions_(std::move(functions)...) {}

  template <typename... Args>
  decltype(auto) operator()(Args&&... args) const {
    return std::apply(
        [&](const Functions&... functions) -> decltype(auto) {
          return Rule::call(functions..., std::forward<Args>(args)...);
        },
        functions_);
  }
  [[nodiscard]] const std::tuple<Functions...>& functions() const noexcept { return functions_; }

 private:
  std::tuple<Functions...> functions_;
};

template <typename Rule, typename... Functions>
struct FunctorCodec<Composite<Rule, Functions...>> {
  static constexpr bool kShippable = (FunctorCodec<Functions>::kShippable && ...);
  using Function = Composite<Rule, Functions...>;
  static void append(std::vector<std::byte>& out, const Function& function) {
    std::apply([&](const Functions&... each) { (FunctorCodec<Functions>::append(out, each), ...); },
               function.functions());
  }
  static Function read(Reader& reader) {
    // Braces evaluate from left to right; a function call's arguments would not.
    std::tuple<Functions...> functions{FunctorCodec<Functions>::read(reader)...};
    return std::make_from_tuple<Function>(std::move(functions));
  }
};

template <typename Rule, typename... Functions>
Composite<Rule, Functions...> compose(Functions... functions) {
  return Composite<Rule, Functions...>(std::move(functions)...);
}

}  // namespace hammerscale
