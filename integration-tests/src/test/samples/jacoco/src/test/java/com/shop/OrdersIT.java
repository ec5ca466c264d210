package com.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.stallsight.junit.FailOnBlocking;
import org.junit.jupiter.api.Test;

@FailOnBlocking
class OrdersIT {

    @Test
    void slow() {
        assertEquals("orders of anna", new Orders().slow("anna").block());
    }

    @Test
    void fast() {
        assertEquals("orders of anna", new Orders().fast("anna").block());
    }
}
