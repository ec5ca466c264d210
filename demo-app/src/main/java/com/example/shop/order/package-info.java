/** Orders, read the old way (JDBC) and the reactive way (R2DBC). */
@NullMarked
package com.example.shop.order;

import org.jspecify.annotations.NullMarked;
