package com.shop;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** The price of a fruit. */
@Entity
public class Price {

    @Id
    private String fruit;

    private int cents;

    protected Price() {}

    Price(String fruit, int cents) {
        this.fruit = fruit;
        this.cents = cents;
    }

    int cents() {
        return cents;
    }
}
