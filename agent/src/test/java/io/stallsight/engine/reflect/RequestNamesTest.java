package io.stallsight.engine.reflect;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.engine.catalog.rule.RequestRule;
import io.stallsight.hook.HookStates;
import io.stallsight.hook.StallsightRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestNamesTest {

    private final RequestNames names = new RequestNames(List.of(
            new RequestRule(Exchange.class.getName(), "verb.name", "path", List.of(), null),
            new RequestRule(Match.class.getName(), null, null, List.of("mount", "template"), null),
            new RequestRule(Node.class.getName(), null, null, List.of("toString"), "/(*)"),
            new RequestRule(
                    Found.class.getName(), null, null, List.of("attributes[com.shop.Routes.best].name"), null)));

    /** The request of a server, whose class implements the public API. */
    private interface Exchange {}

    private record Found(Map<String, Object> attributes) {}

    /** As in Ktor. */
    private record Node(String selectors) {

        @Override
        public String toString() {
            return selectors;
        }
    }

    private record Verb(String name) {}

    private record ServerExchange(Verb verb, String path) implements Exchange {}

    private record Match(String mount, String template) {
        Match(String template) {
            this(null, template);
        }
    }

    private static Exchange get(String path) {
        return new ServerExchange(new Verb("GET"), path);
    }

    private String name(Object request, Object route) {
        StallsightRequest served = HookStates.serve(request, route);
        return names.of(served);
    }

    @Test
    void name_hasTheRoute_whereAFrameworkFoundOne() {
        assertThat(name(get("/orders/7"), new Match("/orders/{id}"))).isEqualTo("GET /orders/{id}");
        assertThat(name(get("/orders/7"), "/orders/:id")).isEqualTo("GET /orders/:id");
    }

    @Test
    void route_canBeInAMap_whoseKeysHaveDots() {
        Found found = new Found(Map.of("com.shop.Routes.best", new Verb("/orders/{id}")));

        assertThat(name(get("/orders/7"), found)).isEqualTo("GET /orders/{id}");
        assertThat(name(get("/other"), new Found(Map.of()))).isEqualTo("GET /other");
    }

    @Test
    void route_hasNoConditionsBesideThePath() {
        Exchange request = get("/orders/7");

        assertThat(
                        name(
                                request,
                                new Node(
                                        "/(authenticate \"default\")/orders/{id}/(contentTypes:application/json)/(method:GET)")))
                .isEqualTo("GET /orders/{id}");
        assertThat(name(request, new Node("/(method:GET)"))).isEqualTo("GET /");
        assertThat(name(request, new Node("/orders/{id}/"))).isEqualTo("GET /orders/{id}/");
    }

    @Test
    void route_hasTheMountPoint_ifItHasAPath() {
        assertThat(name(get("/orders/7"), new Match("/orders/", "/:id"))).isEqualTo("GET /orders/:id");
        assertThat(name(get("/orders/7"), new Match("/orders", ":id"))).isEqualTo("GET /orders/:id");
        assertThat(name(get("/orders/7"), new Match("/orders", null))).isEqualTo("GET /orders/{id}");
    }

    @Test
    void name_hasTheShapeOfThePath_whereNoRouteIsKnown() {
        assertThat(name(get("/orders/7?user=ann"), null)).isEqualTo("GET /orders/{id}");
        assertThat(name(get("/orders/7"), new Match(null))).isEqualTo("GET /orders/{id}");
        assertThat(name(get("/orders/7"), new Object())).isEqualTo("GET /orders/{id}");
    }

    @Test
    void nothing_isKnownOfOtherObjects() {
        assertThat(name(get(""), null)).as("a method alone says nothing").isEmpty();
        assertThat(name(new Object(), null)).isEmpty();
        assertThat(name(null, null)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/, /",
        "/hello, /hello",
        "/orders/4711/items/2, /orders/{id}/items/{id}",
        "/users/550e8400-e29b-41d4-a716-446655440000, /users/{id}",
        "/blob/7f3a9c00deadbeef, /blob/{id}",
        "/v1/decade/facade, /v1/decade/facade",
        "/t/abcdefghijklmnopqrstuvwxyzabcdefghijklmnop, /t/{id}",
        "/a/b/c/d/e/f/g/h/i/j, /a/b/c/d/e/f/g/h/...",
        "/search?q=ann, /search",
        "/orders;jsessionid=1A2B/list;v=2, /orders/list",
        "'/a\nb/c', /{id}/c"
    })
    void shape_hasNoValues(String path, String shape) {
        assertThat(RequestNames.shape(path)).isEqualTo(shape);
    }

    @Test
    void names_areBounded() {
        for (int i = 0; i < 2_000; i++) {
            name(get("/page-" + "x".repeat(i % 20) + (char) ('a' + i % 26) + "-" + i), null);
        }

        assertThat(name(get("/one-more"), null)).isEqualTo(RequestNames.OTHER);
    }
}
