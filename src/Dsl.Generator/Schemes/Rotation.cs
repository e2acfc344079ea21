using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class Rotation : PretextTask<RotationAttribute<object>>
{
    private const int Turns = 4;

    protected override long Answers(RotationAttribute<object> attribute) => Turns;

    protected override (string Need, string Remedy)? Obstacle(RotationAttribute<object> attribute, TensorType input) =>
        input.Element == ElementType.Float && input.Shape.Rank == 4 && input.Shape[2] == input.Shape[3] ? null
            : ("square images, [N, C, H, H]", "write [Model(3, 32, 32)], and let the data source cut the images square");

    protected override void Lower(RotationAttribute<object> attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        Computation c = step.Computation;
        Player head = Head(step, declared);
        Value images = step.Read(step.Data);
        Dim all = images.Shape[0] * Turns;
        Value turned = c.Add(new RuntimeFunction("ImageRotation.All", default, images.Shape.With(0, all)), "turned", images);
        Value answers = c.Add(new RuntimeFunction(
            "ImageRotation.Answers", default, new TensorType(Shape.Of(all), ElementType.Int64)), "turns", images);
        Value logits = step.Call(head, step.Call(step.Model, turned, "features"), "turnLogits");
        AddTerm(step, "Rotation", logits, answers, "mean −log softmax(h(z_r))[r]",
        [
            new("z_r", "the network's output for an image turned by r quarters, r = 0, 1, 2, 3", null, null),
            new("h", "the head", null, null),
            new("r", "how many quarters", null, null),
        ]);
    }
}
