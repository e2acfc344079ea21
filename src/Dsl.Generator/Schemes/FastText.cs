namespace Dsl.Generator.Schemes;

internal sealed class FastText : NegativeSampling<FastTextAttribute<object>>
{
    protected override bool ReadsBags => true;

    protected override string Given => "the sum of the vectors of a word and of its n-grams";
}
