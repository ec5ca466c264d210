/** The pools that take work off the event loops: one for calls that block, one for work that burns CPU. */
@NullMarked
package com.example.shop.offload;

import org.jspecify.annotations.NullMarked;
