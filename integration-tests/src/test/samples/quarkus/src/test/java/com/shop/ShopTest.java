package com.shop;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.stallsight.api.Collector;
import io.stallsight.api.Kind;
import io.stallsight.api.Stallsight;
import io.stallsight.junit.FailOnBlocking;
import org.junit.jupiter.api.Test;

@QuarkusTest
@FailOnBlocking(threshold = "1ms")
class ShopTest {

    @Test
    void fast() {
        given().when().get("/fast").then().statusCode(200).body("[0].customer", equalTo("anna"));
    }

    @Test
    void slow() {
        given().when().get("/slow").then().statusCode(200).body("[0].customer", equalTo("bob"));
    }

    /** What a collector sees is the test's own affair, here with classes that Quarkus loads twice. */
    @Test
    void collected() {
        try (Collector collector = Stallsight.collect()) {
            given().when().get("/fast").then().statusCode(200);
            assertEquals(0, collector.findings().size());
            given().when().get("/slow").then().statusCode(200);
            assertEquals(1, collector.findings().ofKind(Kind.SLEEP).ofSite(Shop.class).size());
        }
    }
}
