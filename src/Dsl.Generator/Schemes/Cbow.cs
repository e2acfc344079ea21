namespace Dsl.Generator.Schemes;

internal sealed class Cbow : NegativeSampling<CbowAttribute<object>>
{
    protected override bool ReadsBags => true;

    protected override bool TakesMean => true;

    protected override string Given => "the mean vector of the words around a place";
}
