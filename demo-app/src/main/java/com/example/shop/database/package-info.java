/** One database, reached by JDBC and by R2DBC: an embedded H2, or a PostgreSQL by URL. */
@NullMarked
package com.example.shop.database;

import org.jspecify.annotations.NullMarked;
