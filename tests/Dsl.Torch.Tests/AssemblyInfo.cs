// libtorch's thread count and default random streams belong to the process: tests that run at once would share them.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
