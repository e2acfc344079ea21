using Dsl.Generator.Binding;
using Dsl.Generator.Lowering;

namespace Dsl.Generator.Schemes;

internal sealed class Projection : Scheme<ProjectionAttribute<object>>
{
    public override System.Collections.Generic.IReadOnlyList<string> Heads => ["Projection"];

    public override bool NeedsClasses => false;

    public override bool IsPart => true;

    protected override void Prepare(ProjectionAttribute<object> attribute, Bound<SchemeAttribute> declared, StepContext step) =>
        step.PutBehind(step.Head(declared.Declaration.Types[0], "Projection", "The head whose outputs are compared"));

    // The schemes that it is a part of call it.
    protected override void Lower(ProjectionAttribute<object> attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
    }
}
