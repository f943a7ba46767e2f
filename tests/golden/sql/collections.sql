SELECT array(1, 2, 3), array(), array(1, NULL), array('a', 'b'), array(1, 2.5), array(array(1), array(2, 3))
SELECT array_append(array(1), 2), array_append(array(1), NULL), array_prepend(array(2), 1), array_contains(array(1, 2), 2), array_contains(array(1, NULL), 3), array_position(array(3, 2, 1), 1), array_remove(array(1, 2, 3, NULL, 3), 3), array_distinct(array(1, 2, 3, NULL, 3, NULL))
SELECT array_union(array(1, 2, 3), array(1, 3, 5)), array_intersect(array(1, 2, 3), array(1, 3, 5)), array_except(array(1, 2, 3), array(1, 3, 5)), arrays_overlap(array(1, 2, 3), array(3, 4)), arrays_overlap(array(1, NULL), array(3)), arrays_zip(array(1, 2), array(2, 3)), arrays_zip(array(1, 2), array('a'))
SELECT array_join(array('hello', 'world'), ' '), array_join(array('hello', NULL, 'world'), ' '), array_join(array('hello', NULL, 'world'), ' ', ','), array_max(array(1, 20, NULL, 3)), array_min(array(1, 20, NULL, 3)), array_max(array(CAST(NULL AS INT))), array_repeat('123', 2), array_size(array('b', 'd')), array_compact(array(1, NULL, 2))
SELECT array_insert(array(1, 2, 3, 4), 5, 5), array_insert(array(5, 4, 3, 2), -1, 1), array_insert(array(5, 3, 2, 1), -4, 4), array_insert(array(1), 4, 9), flatten(array(array(1, 2), array(3, 4))), get(array(1, 2, 3), 0), get(array(1, 2, 3), 3), slice(array(1, 2, 3, 4), 2, 2), slice(array(1, 2, 3, 4), -2, 2)
SELECT sort_array(array('b', 'd', NULL, 'c', 'a'), true), sort_array(array(3, 1, NULL), false), size(array(1, 2)), size(map('a', 1)), cardinality(array(1)), element_at(array(1, 2, 3), 2), element_at(array(1, 2, 3), -1), element_at(map(1, 'a', 2, 'b'), 2), element_at(map(1, 'a'), 3), try_element_at(array(1, 2, 3), 4)
SELECT sequence(1, 5), sequence(5, 1), sequence(1, 10, 3), sequence(1, 1), reverse(array(2, 1, 4, 3)), concat(array(1, 2, 3), array(4, 5)), array(1, 2)[0], map('a', 1)['a'], map('a', 1)['b'], named_struct('a', 1, 'b', 2).b, array(named_struct('a', 1), named_struct('a', 2)).a
SELECT map(1.0, '2', 3.0, '4'), map(), map_keys(map(1, 'a', 2, 'b')), map_values(map(1, 'a', 2, 'b')), map_entries(map(1, 'a', 2, 'b')), map_from_arrays(array(1.0, 3.0), array('2', '4')), map_from_entries(array(struct(1, 'a'), struct(2, 'b'))), map_concat(map(1, 'a'), map(3, 'c')), map_contains_key(map(1, 'a'), 1), str_to_map('a:1,b:2,c:3', ',', ':'), str_to_map('a')
SELECT named_struct('a', 1, 'b', 'x'), struct(1, 'a', 2.5), struct(1 AS x, 2 AS y), struct(1).col1
SELECT transform(array(1, 2, 3), x -> x + 1), transform(array(1, 2, 3), (x, i) -> x + i), filter(array(1, 2, 3), x -> x % 2 == 1), filter(array(0, 2, 3), (x, i) -> x > i), exists(array(1, 2, 3), x -> x % 2 == 0), exists(array(1, NULL, 3), x -> x % 2 == 0), forall(array(1, 2, 3), x -> x > 0), forall(array(2, NULL, 8), x -> x % 2 == 0)
SELECT aggregate(array(1, 2, 3), 0, (acc, x) -> acc + x), aggregate(array(1, 2, 3), 0, (acc, x) -> acc + x, acc -> acc * 10), reduce(array('a', 'b'), '', (acc, x) -> acc || x), array_sort(array(5, 6, 1, NULL)), array_sort(array(5, 6, 1), (left, right) -> CASE WHEN left < right THEN 1 WHEN left > right THEN -1 ELSE 0 END)
SELECT map_filter(map(1, 0, 2, 2, 3, -1), (k, v) -> k > v), transform_keys(map_from_arrays(array(1, 2, 3), array(1, 2, 3)), (k, v) -> k + 1), transform_values(map_from_arrays(array(1, 2, 3), array(1, 2, 3)), (k, v) -> k + v), zip_with(array(1, 2, 3), array('a', 'b', 'c'), (x, y) -> (y, x)), zip_with(array(1), array(2, 3), (x, y) -> x + y), map_zip_with(map(1, 'a', 2, 'b'), map(1, 'x', 2, 'y'), (k, v1, v2) -> concat(v1, v2))
SELECT transform(array(array(1, 2), array(3)), x -> transform(x, y -> y * size(x)))
SELECT explode(array(10, 20))
SELECT posexplode(array(10, 20))
SELECT explode(map('a', 1, 'b', 2))
SELECT inline(array(struct(1, 'a'), struct(2, 'b')))
SELECT stack(2, 1, 2, 3)
SELECT explode_outer(array())
SELECT a, b FROM VALUES (array(1, 2), 'x'), (array(), 'y'), (NULL, 'z') AS t(a, b) LATERAL VIEW explode(a) e AS v ORDER BY b, v
SELECT b, v FROM VALUES (array(1, 2), 'x'), (array(), 'y'), (NULL, 'z') AS t(a, b) LATERAL VIEW OUTER explode(a) e AS v ORDER BY b, v
SELECT b, p, v FROM VALUES (array(1, 2), 'x') AS t(a, b) LATERAL VIEW posexplode(a) e AS p, v
SELECT * FROM explode(array(1, 2)) AS t(x)
SELECT array(1)[5]
SELECT element_at(array(1), 5)
SELECT element_at(array(1), 0)
SELECT map(1, 'a', 1, 'b')
SELECT map(NULL, 1)
SELECT array(1, array(2))
SELECT map_keys(1)
SELECT transform(1, x -> x)
SELECT filter(array(1), x -> x)
SELECT slice(array(1), 0, 1)
