namespace Dsl.Runtime;

/// <summary>Choices of rows, as functions of a seed.</summary>
internal static class RowSplits
{
    public static (int[] Train, int[] Test) Plain(int count, double testShare, long seed)
    {
        int[] order = Shuffled(count, seed);
        int test = TestCount(count, testShare, "rows");
        return (order[test..], order[..test]);
    }

    public static (int[] Train, int[] Test) Stratified(long[] classes, double testShare, long seed)
    {
        var (train, test) = Stratification.Split(classes, TestCount(classes.Length, testShare, "rows"), seed);
        return ([.. train.Select(row => (int)row)], [.. test.Select(row => (int)row)]);
    }

    public static (int[] Train, int[] Test) Grouped(int[] groups, double testShare, long seed)
    {
        int count = groups.Length == 0 ? 0 : groups.Max() + 1;
        int[] order = Shuffled(count, seed);
        var test = order[..TestCount(count, testShare, "groups")].ToHashSet();
        return Divide(groups.Length, row => test.Contains(groups[row]));
    }

    public static IEnumerable<(int[] Train, int[] Test)> Folds(int count, int folds, long seed)
    {
        RequireFolds(folds, count, "rows");
        int[] order = Shuffled(count, seed);
        return Divide(folds, count, Inverse(order).Select(position => position % folds).ToArray());
    }

    /// <summary>The rows of each class are dealt to the folds in turn, each class from where the one before stopped, so that the
    /// folds differ by one row at most.</summary>
    public static IEnumerable<(int[] Train, int[] Test)> StratifiedFolds(long[] classes, int folds, long seed)
    {
        RequireFolds(folds, classes.Length, "rows");
        var fold = new int[classes.Length];
        int next = 0;
        foreach (var alike in Shuffled(classes.Length, seed).GroupBy(row => classes[row]).OrderBy(group => group.Key))
            foreach (int row in alike) fold[row] = next++ % folds;
        return Divide(folds, classes.Length, fold);
    }

    /// <summary>The largest group first, each to the fold with the fewest rows so far; groups of one size in random
    /// order.</summary>
    public static IEnumerable<(int[] Train, int[] Test)> GroupedFolds(int[] groups, int folds, long seed)
    {
        int count = groups.Length == 0 ? 0 : groups.Max() + 1;
        RequireFolds(folds, count, "groups");
        var sizes = new int[count];
        foreach (int group in groups) sizes[group]++;
        var loads = new int[folds];
        var foldOf = new int[count];
        foreach (int group in Shuffled(count, seed).OrderByDescending(group => sizes[group]))
        {
            int lightest = Array.IndexOf(loads, loads.Min());
            foldOf[group] = lightest;
            loads[lightest] += sizes[group];
        }

        return Divide(folds, groups.Length, [.. groups.Select(group => foldOf[group])]);
    }

    private static IEnumerable<(int[] Train, int[] Test)> Divide(int folds, int count, int[] foldOf) =>
        Enumerable.Range(0, folds).Select(fold => Divide(count, row => foldOf[row] == fold));

    private static (int[] Train, int[] Test) Divide(int count, Func<int, bool> isTest)
    {
        var parts = Enumerable.Range(0, count).ToLookup(isTest);
        return ([.. parts[false]], [.. parts[true]]);
    }

    private static void RequireFolds(int folds, int count, string what)
    {
        if (folds < 2 || folds > count)
            throw new ArgumentOutOfRangeException(nameof(folds), folds, $"{count} {what} make 2 to {count} folds.");
    }

    private static int TestCount(int count, double share, string what)
    {
        if (!(share > 0 && share < 1))
            throw new ArgumentOutOfRangeException(nameof(share), share, "A share lies between 0 and 1, both excluded.");
        if (count < 2) throw new ArgumentException($"Two parts need two {what} at least, and there are {count}.", nameof(count));
        return Math.Clamp((int)Math.Round(share * count), 1, count - 1);
    }

    private static int[] Inverse(int[] order)
    {
        var positions = new int[order.Length];
        for (int i = 0; i < order.Length; i++) positions[order[i]] = i;
        return positions;
    }

    // Fisher and Yates, in the form of Durstenfeld (1964).
    private static int[] Shuffled(int count, long seed)
    {
        var random = new HostRandom(StreamSeed.Of(seed, "rows", 0));
        int[] order = [.. Enumerable.Range(0, count)];
        for (int i = count - 1; i > 0; i--)
        {
            int j = (int)(random.Uniform() * (i + 1));
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }
}
