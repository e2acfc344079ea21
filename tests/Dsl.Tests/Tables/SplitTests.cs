using Dsl.Runtime;
using Xunit;

namespace Dsl.Tests.Tables;

/// <summary>Parts of a table: which rows, in which proportion, by which seed.</summary>
public class SplitTests
{
    // 60 left, 30 right; 18 groups of 5.
    private static readonly TableData<Cloud> Data =
        Cloud.From(Enumerable.Range(0, 90).Select(row => new Cloud(row, 0, row / 5, row % 3 == 0 ? "right" : "left")));

    [Fact]
    public void A_plain_split_has_each_row_once_and_follows_its_seed()
    {
        var (train, test) = Data.Split(0.2, seed: 3);
        Assert.Equal(18, test.Count);
        AssertPartition(train, test);
        Assert.Equal(test.Rows, Data.Split(0.2, seed: 3).Test.Rows);
        Assert.NotEqual(test.Rows, Data.Split(0.2, seed: 4).Test.Rows);
        Assert.NotEqual(test.Rows.OrderBy(row => row.X), test.Rows);
    }

    [Fact]
    public void A_stratified_split_keeps_proportions()
    {
        var (train, test) = Data.StratifiedSplit(0.2, seed: 3);
        AssertPartition(train, test);
        Assert.Equal(12, test.Rows.Count(row => row.Side == "left"));
        Assert.Equal(6, test.Rows.Count(row => row.Side == "right"));
    }

    [Fact]
    public void A_grouped_split_tears_no_group()
    {
        var (train, test) = Data.GroupedSplit(row => row.Group, 0.25, seed: 3);
        AssertPartition(train, test);
        Assert.Empty(train.Rows.Select(row => row.Group).Intersect(test.Rows.Select(row => row.Group)));
        Assert.Equal(20, test.Count);
    }

    [Fact]
    public void Folds_test_each_row_once()
    {
        var plain = Data.Folds(4, seed: 3);
        Assert.Equal([23, 23, 22, 22], plain.Select(fold => fold.Test.Count));
        AssertFolds(plain);
        var stratified = Data.StratifiedFolds(5, seed: 3);
        Assert.All(stratified, fold => Assert.Equal((12, 6),
            (fold.Test.Rows.Count(row => row.Side == "left"), fold.Test.Rows.Count(row => row.Side == "right"))));
        AssertFolds(stratified);
        var grouped = Data.GroupedFolds(4, row => $"patient {row.Group}", seed: 3);
        Assert.All(grouped, fold =>
            Assert.Empty(fold.Train.Rows.Select(row => row.Group).Intersect(fold.Test.Rows.Select(row => row.Group))));
        Assert.All(grouped, fold => Assert.InRange(fold.Test.Count, 20, 25));
        AssertFolds(grouped);
    }

    [Fact]
    public void Repetitions_have_other_folds()
    {
        var splits = CrossValidation.Splits(Data, 3, seed: 1, repetitions: 2);
        Assert.Equal(6, splits.Count);
        AssertFolds([.. splits.Take(3)]);
        AssertFolds([.. splits.Skip(3)]);
        Assert.NotEqual(splits[0].Test.Rows, splits[3].Test.Rows);
    }

    [Fact]
    public void What_cannot_be_split_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Data.Split(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Data.Split(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Data.Folds(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Data.GroupedFolds(19, row => row.Group));
        Assert.Throws<ArgumentException>(() => Data.Where(row => row.X < 1).Split(0.5));
        var prices = Price.From([new(1, 2, 3), new(2, 3, 4)]);
        Assert.Contains("Price has no label that is a class",
            Assert.Throws<InvalidOperationException>(() => prices.StratifiedSplit(0.5)).Message,
            StringComparison.Ordinal);
        var open = Cloud.From([new(1, 2), new(2, 3, 0, "left")]);
        Assert.Contains("Row 1: column 'Side' has no value",
            Assert.Throws<DataMismatchException>(() => open.StratifiedSplit(0.5)).Message,
            StringComparison.Ordinal);
    }

    private static void AssertPartition(TableData<Cloud> train, TableData<Cloud> test) =>
        Assert.Equal(Data.Rows, train.Rows.Concat(test.Rows).OrderBy(row => row.X));

    private static void AssertFolds(IReadOnlyList<DataSplit<TableData<Cloud>>> folds)
    {
        Assert.All(folds, fold => AssertPartition(fold.Train, fold.Test));
        Assert.Equal(Data.Rows, folds.SelectMany(fold => fold.Test.Rows).OrderBy(row => row.X));
    }
}
