/** The remote services that the shop calls, simulated by a second HTTP server in the same process. */
@NullMarked
package com.example.shop.upstream;

import org.jspecify.annotations.NullMarked;
