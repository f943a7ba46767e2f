#include <gtest/gtest.h>

#include <cctype>
#include <cmath>
#include <functional>
#include <memory>

#include "hammerscale/base/error.hpp"
#include "hammerscale/closure/bind.hpp"
#include "hammerscale/closure/captured_address.hpp"
#include "hammerscale/closure/composite.hpp"
#include "hammerscale/closure/function_ref.hpp"
#include "hammerscale/closure/functor_codec.hpp"

namespace hammerscale {
namespace {

int global_number = 3;

int triple(int x) { return 3 * x; }

/// The function as another rank would get it.
template <typename F>
F travel(const F& function, std::size_t* num_bytes = nullptr) {
  std::vector<std::byte> bytes;
  FunctorCodec<F>::append(bytes, function);
  if (num_bytes != nullptr) { *num_bytes = bytes.size(); }
  Reader reader(bytes);
  F back = FunctorCodec<F>::read(reader);
  EXPECT_TRUE(reader.at_end());
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    Reader cut{std::span(bytes).first(length)};
    EXPECT_THROW(static_cast<void>(FunctorCodec<F>::read(cut)), ResourceError) << length;
  }
  return back;
}

TEST(ClosureTest, CapturesTravelAsTheirBytes) {
  const int a = 7;
  const double b = 0.5;
  const std::array<std::int16_t, 3> c = {1, 2, 3};
  const auto function = [a, b, c](double x) { return a + b * x + c[2]; };
  std::size_t num_bytes = 0;
  EXPECT_DOUBLE_EQ(travel(function, &num_bytes)(4), 7 + 2 + 3);
  EXPECT_EQ(num_bytes, sizeof(function));
}

TEST(ClosureTest, NoCapturesTakeNoBytes) {
  std::size_t num_bytes = 1;
  EXPECT_EQ(travel([](int x) { return x + 1; }, &num_bytes)(1), 2);
  EXPECT_EQ(num_bytes, 0U);
  EXPECT_EQ(travel(std::plus<>{}, &num_bytes)(1, 2), 3);
  EXPECT_EQ(num_bytes, 0U);
}

TEST(ClosureTest, FunctionPointersTravelAsPlacesInTheProgram) {
  EXPECT_EQ(travel(&triple)(5), 15);
  using Function = int (*)(int);
  EXPECT_EQ(travel(static_cast<Function>(std::tolower))('A'), 'a');  // One of a library.
}

TEST(ClosureTest, BoundValuesTravelBySerde) {
  const auto bound = hammerscale::bind(
      std::string("prefix "), std::vector<int>{1, 2, 3},
      [](const std::string& text, const std::vector<int>& all, int i) { return text + std::to_string(all[i]); });
  EXPECT_EQ(travel(bound)(1), "prefix 2");
  const int offset = 10;
  const auto both = hammerscale::bind(std::string("x"),
                                      [offset](const std::string& text, int i) { return text.size() + i + offset; });
  EXPECT_EQ(travel(both)(2), 13U);
}

TEST(ClosureTest, BindsNest) {
  const auto inner =
      hammerscale::bind(std::string("in"), [](const std::string& a, const std::string& b) { return a + b; });
  const Bound<std::decay_t<decltype(inner)>, std::string> outer({"side"}, inner);
  EXPECT_EQ(travel(outer)(), "inside");
}

struct Both {
  template <typename F, typename G>
  static std::string call(const F& f, const G& g, int x) {
    return f(x) + g(x);
  }
};

TEST(ClosureTest, CompositesTravelPartByPart) {
  const auto made = compose<Both>(
      hammerscale::bind(std::string("a"), [](const std::string& text, int x) { return text + std::to_string(x); }),
      [](int x) { return std::to_string(-x); });
  EXPECT_EQ(travel(made)(4), "a4-4");
  const auto nested = compose<Both>(made, [](int) { return std::string("!"); });
  EXPECT_EQ(travel(nested)(1), "a1-1!");
}

TEST(ClosureTest, WhatCanTravelIsKnownToTheCompiler) {
  const auto text = std::make_shared<std::string>("shared");
  const auto by_value = [text] { return text->size(); };
  static_assert(!Shippable<decltype(by_value)>);
  static_assert(!Shippable<std::function<int(int)>>);
  static_assert(Shippable<decltype(&triple)>);
  static_assert(Shippable<decltype(hammerscale::bind(std::string("a"), std::plus<>{}))>);
  static_assert(!Shippable<decltype(hammerscale::bind(std::string("a"), by_value))>);
  static_assert(!Shippable<decltype(compose<Both>(by_value, std::plus<>{}))>);
}

template <typename F>
void expect_address(const F& function, std::size_t offset) {
  std::vector<std::byte> bytes;
  try {
    FunctorCodec<F>::append(bytes, function);
    ADD_FAILURE() << "no error";
  } catch (const UserError& error) {
    EXPECT_EQ(error.code(), ErrorCode::kCapturesAddress);
    EXPECT_EQ(error.info().fields[0], (ErrorField{"capture_offset", std::to_string(offset)}));
  }
  EXPECT_TRUE(bytes.empty());
}

struct Object {
  int member = 1;
  auto function() {
    return [this] { return member; };
  }
};

TEST(ClosureTest, CapturedAddressesAreFound) {
  int on_stack = 1;
  const auto on_heap = std::make_unique<int>(2);
  const std::int64_t before = 5;
  expect_address([&on_stack] { return on_stack; }, 0);
  expect_address([pointer = on_heap.get()] { return *pointer; }, 0);
  expect_address([pointer = &global_number] { return *pointer; }, 0);
  expect_address([code = &triple] { return code(1); }, 0);
  expect_address([text = "literal"] { return text[0]; }, 0);
  expect_address([before, &on_stack] { return before + on_stack; }, 8);
  expect_address([view = std::string_view("text")] { return view.size(); }, 8);
  Object object;
  expect_address(object.function(), 0);
  expect_address(&std::string::size, 0);  // A pointer to a member function is one, too; a lambda says the same.
  // In whatever part of a composed function they are.
  const auto bad = [&on_stack](int) { return std::to_string(on_stack); };
  const auto good = [](int) { return std::string(); };
  std::vector<std::byte> bytes;
  const auto composed = compose<Both>(good, bad);
  EXPECT_THROW(FunctorCodec<std::decay_t<decltype(composed)>>::append(bytes, composed), UserError);
  const auto bound = hammerscale::bind(1, bad);
  EXPECT_THROW(FunctorCodec<std::decay_t<decltype(bound)>>::append(bytes, bound), UserError);
}

TEST(ClosureTest, NumbersAreNotTakenForAddresses) {
  const auto check = [](auto value) {
    const auto bytes = std::as_bytes(std::span(&value, 1));
    EXPECT_EQ(find_captured_address(bytes), std::nullopt) << value;
  };
  check(std::int64_t{0});
  check(std::int64_t{-1});
  check(std::int64_t{1} << 40);
  check(std::numeric_limits<std::int64_t>::max());
  check(3.14159);
  check(-1e300);
  check(std::nan(""));
  check(std::size_t{4096});
  // Fewer bytes than an address, and rests behind the last whole word.
  const void* const address = &global_number;
  const auto bytes = std::as_bytes(std::span(&address, 1));
  EXPECT_EQ(find_captured_address({}), std::nullopt);
  EXPECT_EQ(find_captured_address(bytes.first(7)), std::nullopt);
  EXPECT_EQ(find_captured_address(bytes), std::optional<std::size_t>(0));
}

TEST(ClosureTest, FunctionsOfAnotherProgramAreRefused) {
  const auto ref = to_function_ref(&triple);
  EXPECT_EQ(resolve(ref), reinterpret_cast<const void*>(&triple));
  for (const FunctionRef& foreign :
       {FunctionRef{ref.module_hash + 1, ref.offset}, FunctionRef{ref.module_hash, std::uint64_t{1} << 40},
        FunctionRef{ref.module_hash, UINT64_MAX}}) {
    try {
      static_cast<void>(resolve(foreign));
      ADD_FAILURE() << "no error";
    } catch (const ResourceError& error) { EXPECT_EQ(error.code(), ErrorCode::kMixedBinaries); }
  }
  EXPECT_THROW(static_cast<void>(to_function_ref(static_cast<const void*>(nullptr))), InternalError);
  const auto on_heap = std::make_unique<int>(1);
  EXPECT_THROW(static_cast<void>(to_function_ref(static_cast<const void*>(on_heap.get()))), InternalError);
}

TEST(ClosureTest, TheBuildIdIsStableAndPrintable) {
  const auto id = build_id();
  EXPECT_EQ(id.size(), 16U);
  EXPECT_EQ(id.find_first_not_of("0123456789abcdef"), std::string::npos);
  EXPECT_EQ(build_id(), id);
}

}  // namespace
}  // namespace hammerscale
