package com.shop;

import static org.testng.Assert.assertEquals;

import io.stallsight.api.Stallsight;
import org.testng.annotations.Test;

public class OrdersTest {

    @Test
    public void slow() {
        Stallsight.assertNoBlocking(() -> assertEquals(new Orders().slow("anna").block(), "orders of anna"));
    }

    @Test
    public void fast() {
        Stallsight.assertNoBlocking(() -> assertEquals(new Orders().fast("anna").block(), "orders of anna"));
    }
}
