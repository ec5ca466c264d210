/** A stock count that a background job holds locked most of the time. */
@NullMarked
package com.example.shop.stock;

import org.jspecify.annotations.NullMarked;
