using Dsl;

if (args is ["train", var folder, var path])
{
    var (train, test) = Drawing.Load(folder).StratifiedSplit(0.25, seed: 1);
    using var trainer = new ShapeTrainer(new ShapeNet());
    trainer.Fit(train);
    Console.WriteLine($"{trainer.Evaluate(test).Accuracy:P1} of {test.Count} images");
    trainer.SaveModel(path);
}
else if (args is ["predict", var file, .. var images])
{
    using var net = ShapeNet.Load(file);
    foreach (var prediction in net.Predict(images)) Console.WriteLine(prediction);
}
else if (args is ["draw", var target]) Shapes.Draw(target);

[ImageFolder(3, 32, 32, Resize = ImageResize.Crop), Standardize]
public partial record Drawing([Label("circle", "cross", "square")] string? Shape = null);

[Model<Drawing>, Conv2d(16, 3), ReLU, MaxPool2d(2), Conv2d(32, 3), ReLU, MaxPool2d(2), Flatten, Linear]
public partial class ShapeNet;

[Trainer<ShapeNet>, CrossEntropy, Adam(1e-3), Epochs(15), BatchSize(16)]
public partial class ShapeTrainer;
