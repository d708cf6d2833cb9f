/** Campaigns: explorations in shards, which need no coordinator, and the merge of their results. */
@NullMarked
package dev.standstill.campaigns;

import org.jspecify.annotations.NullMarked;
