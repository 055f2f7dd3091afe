UPDATE orders SET status = 'returned' WHERE id < 0;
--> statement-breakpoint
CREATE INDEX CONCURRENTLY orders_by_status ON orders (status);
