package com.example.shop.order;

/** An order of a customer. */
public record Order(long id, String customer, String item, int quantity) {}
