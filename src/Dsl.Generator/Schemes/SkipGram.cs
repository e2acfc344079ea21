namespace Dsl.Generator.Schemes;

internal sealed class SkipGram : NegativeSampling<SkipGramAttribute<object>>
{
    protected override bool ReadsBags => false;

    protected override string Given => "the vector of a word";
}
