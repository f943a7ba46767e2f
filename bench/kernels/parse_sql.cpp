// Statements a second, one thread: four queries of the size and the make of TPC-DS's. Verified by shape before timing.
#include <array>
#include <string_view>

#include "bench_report.hpp"
#include "sql/parser/parser.hpp"

namespace {

using namespace hammerscale;

constexpr std::array<std::string_view, 4> kQueries{
    R"(WITH yearly_revenue AS (
  SELECT c.customer_id AS id, c.first_name AS first, c.last_name AS last, c.preferred_flag AS flag, d.year AS year,
         sum(((s.list_price - s.wholesale_cost - s.discount) + s.sales_price) / 2) AS revenue, 's' AS channel
  FROM customer c, store_sales s, date_dim d
  WHERE c.customer_sk = s.customer_sk AND s.sold_date_sk = d.date_sk
  GROUP BY c.customer_id, c.first_name, c.last_name, c.preferred_flag, d.year
  UNION ALL
  SELECT c.customer_id, c.first_name, c.last_name, c.preferred_flag, d.year,
         sum(((w.list_price - w.wholesale_cost - w.discount) + w.sales_price) / 2), 'w'
  FROM customer c, web_sales w, date_dim d
  WHERE c.customer_sk = w.bill_customer_sk AND w.sold_date_sk = d.date_sk
  GROUP BY c.customer_id, c.first_name, c.last_name, c.preferred_flag, d.year)
SELECT s2.id, s2.first, s2.last, s2.flag
FROM yearly_revenue s1, yearly_revenue s2, yearly_revenue w1, yearly_revenue w2
WHERE s2.id = s1.id AND s1.id = w1.id AND s1.id = w2.id AND s1.channel = 's' AND w1.channel = 'w' AND s2.channel = 's'
  AND w2.channel = 'w' AND s1.year = 2001 AND s2.year = 2001 + 1 AND w1.year = 2001 AND w2.year = 2001 + 1
  AND s1.revenue > 0 AND w1.revenue > 0
  AND CASE WHEN w1.revenue > 0 THEN w2.revenue / w1.revenue ELSE 0.0 END
      > CASE WHEN s1.revenue > 0 THEN s2.revenue / s1.revenue ELSE 0.0 END
ORDER BY s2.id, s2.first, s2.last, s2.flag LIMIT 100)",
    R"(SELECT channel, item, return_ratio, return_rank, currency_rank FROM (
  SELECT 'web' AS channel, web.item, web.return_ratio, web.return_rank, web.currency_rank FROM (
    SELECT item, return_ratio, currency_ratio, rank() OVER (ORDER BY return_ratio) AS return_rank,
           rank() OVER (ORDER BY currency_ratio DESC NULLS LAST) AS currency_rank
    FROM (SELECT ws.item_sk AS item,
                 cast(sum(coalesce(wr.return_quantity, 0)) AS decimal(15,4)) / cast(sum(coalesce(ws.quantity, 0)) AS decimal(15,4)) AS return_ratio,
                 cast(sum(coalesce(wr.return_amount, 0)) AS decimal(15,4)) / cast(sum(coalesce(ws.net_paid, 0)) AS decimal(15,4)) AS currency_ratio
          FROM web_sales ws LEFT OUTER JOIN web_returns wr ON (ws.order_number = wr.order_number AND ws.item_sk = wr.item_sk), date_dim
          WHERE wr.return_amount > 10000 AND ws.net_profit > 1 AND ws.net_paid > 0 AND ws.quantity > 0
            AND ws.sold_date_sk = date_sk AND year = 2001 AND moy = 12
          GROUP BY ws.item_sk) in_web) web
  WHERE web.return_rank <= 10 OR web.currency_rank <= 10
  UNION
  SELECT 'store' AS channel, store.item, store.return_ratio, store.return_rank, store.currency_rank FROM (
    SELECT item, return_ratio, currency_ratio, rank() OVER (PARTITION BY region ORDER BY return_ratio ROWS BETWEEN 3 PRECEDING AND CURRENT ROW) AS return_rank,
           rank() OVER (ORDER BY currency_ratio) AS currency_rank
    FROM (SELECT sts.item_sk AS item, sts.region,
                 cast(sum(coalesce(sr.return_quantity, 0)) AS decimal(15,4)) / cast(sum(coalesce(sts.quantity, 0)) AS decimal(15,4)) AS return_ratio,
                 cast(sum(coalesce(sr.return_amount, 0)) AS decimal(15,4)) / cast(sum(coalesce(sts.net_paid, 0)) AS decimal(15,4)) AS currency_ratio
          FROM store_sales sts LEFT OUTER JOIN store_returns sr ON (sts.ticket = sr.ticket AND sts.item_sk = sr.item_sk), date_dim
          WHERE sr.return_amount > 10000 AND sts.net_profit > 1 AND sts.net_paid > 0 AND sts.quantity > 0
            AND sts.sold_date_sk = date_sk AND year = 2001 AND moy = 12
          GROUP BY sts.item_sk, sts.region) in_store) store
  WHERE store.return_rank <= 10 OR store.currency_rank <= 10) tmp
ORDER BY 1, 4, 5, 2 LIMIT 100)",
    R"(SELECT i.brand_id, i.class_id, i.category_id, d.year, count(DISTINCT s.ticket_number) FILTER (WHERE s.quantity > 10) AS tickets,
       grouping(i.brand_id) + grouping(i.class_id) AS level, avg(s.quantity) AS quantity, stddev_samp(s.quantity) AS spread,
       sum(CASE WHEN d.day_name = 'Sunday' THEN s.sales_price ELSE NULL END) AS sunday,
       sum(CASE WHEN d.day_name = 'Monday' THEN s.sales_price ELSE NULL END) AS monday,
       sum(CASE WHEN d.day_name = 'Friday' THEN s.sales_price ELSE NULL END) AS friday,
       substring(i.description FROM 1 FOR 20) || '...' AS description
FROM store_sales s
  JOIN date_dim d ON d.date_sk = s.sold_date_sk
  JOIN item i ON i.item_sk = s.item_sk
  LEFT JOIN promotion p ON p.promo_sk = s.promo_sk AND p.channel_email = 'N'
WHERE d.date BETWEEN CAST('2000-01-27' AS DATE) AND (CAST('2000-01-27' AS DATE) + INTERVAL 90 DAYS)
  AND i.category IN ('Sports', 'Books', 'Home', 'Electronics', 'Jewelry', 'Men')
  AND i.manufact_id IN (SELECT manufact_id FROM item WHERE category IN ('Electronics') GROUP BY manufact_id HAVING count(*) > 1)
  AND EXISTS (SELECT 1 FROM web_sales w WHERE w.item_sk = s.item_sk AND w.ship_cost > 1.2 * (SELECT avg(ship_cost) FROM web_sales v WHERE v.item_sk = w.item_sk))
  AND (s.net_profit BETWEEN 0 AND 2000 OR s.net_profit BETWEEN 150 AND 3000 OR s.net_profit IS NULL)
  AND i.color LIKE 'p%' AND NOT i.size RLIKE '^x' AND s.coupon_amount <> 0.05
GROUP BY ROLLUP (i.brand_id, i.class_id, i.category_id), d.year, i.description
HAVING sum(s.net_paid) > 0.01 * (SELECT sum(net_paid) FROM store_sales)
ORDER BY level DESC, CASE WHEN level = 0 THEN i.category_id END, tickets NULLS LAST LIMIT 100 OFFSET 10)",
    R"(SELECT a.state, cd.gender, cd.marital_status, cd.dependents, count(*) AS n, min(cd.dependents), max(cd.dependents), avg(cd.dependents),
       cd.employed, count(*) AS n2, min(cd.employed), max(cd.employed), avg(cd.employed), cd.college, count(*) AS n3,
       transform(collect_list(a.zip), z -> upper(z)) AS zips, named_struct('low', min(a.offset), 'high', max(a.offset)).low AS low
FROM customer c, customer_address a, customer_demographics cd
WHERE c.address_sk = a.address_sk AND cd.demo_sk = c.demo_sk AND a.state IN ('KY', 'GA', 'NM')
  AND EXISTS (SELECT * FROM store_sales, date_dim WHERE c.customer_sk = store_sales.customer_sk AND store_sales.date_sk = date_dim.date_sk
              AND year = 2002 AND moy BETWEEN 4 AND 4 + 3)
  AND (EXISTS (SELECT * FROM web_sales, date_dim WHERE c.customer_sk = web_sales.customer_sk AND web_sales.date_sk = date_dim.date_sk
               AND year = 2002 AND moy BETWEEN 4 AND 4 + 3)
       OR EXISTS (SELECT * FROM catalog_sales, date_dim WHERE c.customer_sk = catalog_sales.customer_sk
                  AND catalog_sales.date_sk = date_dim.date_sk AND year = 2002 AND moy BETWEEN 4 AND 4 + 3))
GROUP BY a.state, cd.gender, cd.marital_status, cd.dependents, cd.employed, cd.college
ORDER BY a.state, cd.gender, cd.marital_status, cd.dependents, cd.employed, cd.college LIMIT 100)"};

}  // namespace

int main() {
  std::size_t num_bytes = 0;
  for (const auto query : kQueries) {
    bench::verify(sql::to_tree_string(*sql::parse_statement(query)).find("GlobalLimit") != std::string::npos,
                  "a limited query");
    num_bytes += query.size();
  }
  constexpr int kRounds = 2000;
  const double seconds = bench::best_seconds(3, [] {
    for (int round = 0; round < kRounds; ++round) {
      for (const auto query : kQueries) { bench::verify(sql::parse_statement(query) != nullptr, "a plan"); }
    }
  });
  bench::report("parse, statements", kRounds * kQueries.size(), "statements/s", seconds);
  bench::report("parse, text", static_cast<double>(kRounds * num_bytes) / 1e6, "MB/s", seconds);
  return 0;
}
