package com.example.shop.order;

/** What a customer asked for. */
public record Order(long id, String customer, String item, int quantity) {}
