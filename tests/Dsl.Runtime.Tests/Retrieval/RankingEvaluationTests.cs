namespace Dsl.Runtime.Tests.Retrieval;

public class RankingEvaluationTests
{
    // Query 0: gains 3 and 1 exist, and stand at ranks 2 and 3. Query 1 found nothing. Nothing is worth anything to query 2.
    [Fact]
    public void By_hand()
    {
        var found = RankingEvaluation.Of(
            [[0, 1, 2], [], [0, 1, 2]], [[0, 3, 1, 0], [0, 3, 3, 0], [0, 0, 0, 0]], relevant: 3, 1, 3);
        double dcg = (3 / Math.Log2(3)) + (1 / Math.Log2(4)), best = 3 + (1 / Math.Log2(3));
        Assert.Equal((2, 1), (found.Queries, found.WithoutMatch));
        Assert.Equal(new RankingAt(1, 0, 0, 0, 0), found.Cutoffs[0]);
        Assert.Equal(3, found.Cutoffs[1].K);
        Assert.Equal(dcg / 2, found.Cutoffs[1].Dcg, 1e-12);
        Assert.Equal(dcg / best / 2, found.Cutoffs[1].Ndcg, 1e-12);
        Assert.Equal(0.5, found.Cutoffs[1].Recall, 1e-12);
        Assert.Equal(0.5, found.Cutoffs[1].Success, 1e-12);
        Assert.Contains("(2 queries)", found.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Recall_is_the_share_that_is_found_and_success_whether_any_is()
    {
        var at = RankingEvaluation.Of([[4, 0, 1]], [[1, 1, 1, 1, 0]], relevant: 1, 3).Cutoffs[0];
        Assert.Equal((0.5, 1.0), (at.Recall, at.Success));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Throws<DataMismatchException>(() => RankingEvaluation.Of([[0]], [], 1, 1));
        Assert.Throws<DataMismatchException>(() => RankingEvaluation.Of([[2]], [[1, 0]], 1, 1));
        Assert.Throws<DataMismatchException>(() => RankingEvaluation.Of([[0, 0]], [[1, 0]], 1, 1));
        Assert.Throws<DataMismatchException>(() => RankingEvaluation.Of([[0], [0]], [[1, 0], [1]], 1, 1));
        Assert.Throws<DataMismatchException>(() => RankingEvaluation.Of([[0]], [[0, 0]], 1, 1));
        Assert.Throws<ArgumentException>(() => RankingEvaluation.Of([[0]], [[1, 0]], 0, 1));
        Assert.Throws<ArgumentException>(() => RankingEvaluation.Of([[0]], [[1, 0]], 1));
    }
}
