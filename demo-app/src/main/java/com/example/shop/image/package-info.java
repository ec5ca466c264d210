/** Thumbnails with Java2D. */
@NullMarked
package com.example.shop.image;

import org.jspecify.annotations.NullMarked;
