extern alias RetrievalSample;

using RetrievalSample::Retrieval;
using Xunit;
using Xunit.Abstractions;

namespace Dsl.Tests.Samples;

/// <summary>A short version of the shop's search: each stage is better than what it stands on.</summary>
public class RetrievalTests(ITestOutputHelper output)
{
    [Fact]
    public void A_shop_is_searched_by_pictures_and_kinds_are_added()
    {
        using var search = new VisualSearch(Sizes.Small, seed: 0);
        var stages = search.Search().ToDictionary(stage => stage.Ranker, stage => stage.Evaluation);
        var additions = search.AddKinds().ToDictionary(one => one.Way);
        output.WriteLine($"{search.Detection}; finds {search.Found:P1}, {search.NewFound:P1}; {search.Mined}");
        foreach (var (ranker, evaluation) in stages) output.WriteLine($"{ranker}: {evaluation}");
        foreach (var one in additions.Values) output.WriteLine($"{one}");

        Assert.True(search.Found > 0.5);
        Assert.True(Ndcg("kind and style") > Ndcg("kind") && Ndcg("kind and style") > Ndcg("style"));
        Assert.True(Ndcg("kind and style, of true boxes") > Ndcg("kind and style"));
        Assert.InRange(search.Mined.Triplets, 5, 1000);
        Assert.True(stages["re-ranked by pairs"].Queries == stages["pixels"].Queries);

        // By itself the old kinds are forgotten; old pictures keep them.
        var (alone, rehearsed) = (additions["by itself"], additions["beside 300 old pictures (rehearsal)"]);
        Assert.True(alone.OldAfter < alone.OldBefore - 0.2 && rehearsed.OldAfter > alone.OldAfter + 0.05);

        double Ndcg(string stage) => stages[stage].Cutoffs[1].Ndcg;
    }
}
