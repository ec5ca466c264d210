@FailOnBlocking(kinds = Kind.SLEEP)
@AllowBlocking(value = "com.shop.Loop#nightly", reason = "at night there is no traffic")
package com.shop.jobs;

import io.stallsight.api.Kind;
import io.stallsight.junit.AllowBlocking;
import io.stallsight.junit.FailOnBlocking;
