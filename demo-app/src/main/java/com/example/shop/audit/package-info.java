/** The audit log, shipped to a remote collector line by line. */
@NullMarked
package com.example.shop.audit;

import org.jspecify.annotations.NullMarked;
