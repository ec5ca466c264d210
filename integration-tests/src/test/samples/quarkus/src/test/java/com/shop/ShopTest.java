package com.shop;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
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
}
